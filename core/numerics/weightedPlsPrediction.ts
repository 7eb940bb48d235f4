import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { mean } from '#core/numerics/mean.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/**
 * Prediction of one spectrum q by a PLS whose samples are weighted by exp(−d / (s_d λ)): d is the Euclidean distance to
 * q and s_d the standard deviation (n − 1) of all distances (Kim et al. 2011, Int. J. Pharm. 421, 269–274). It uses
 * fewer components where the weighted data hold fewer.
 *
 * @param x n × p training spectra
 * @param y length n
 * @param q length p
 * @param lambda width of the weights; infinity gives ordinary PLS
 */
export function weightedPlsPrediction(
  x: Matrix,
  y: Float64Array,
  q: Float64Array,
  components: number,
  lambda: number,
): number {
  const omega = similarities(x, q, lambda);
  // The square root of the weights, so that an ordinary PLS of the scaled rows is the weighted one.
  const root = omega.map(Math.sqrt);
  const total = omega.reduce((sum, weight) => sum + weight, 0);
  const xMean = transposeTimesVector(x, omega);
  scaleInto(1 / total, xMean);
  const yMean = dot(y, omega) / total;
  const e: Matrix = { ...x, data: x.data.slice() };
  for (let i = 0; i < e.rows; i++) {
    const row = rowOf(e, i);
    addScaledInto(-1, xMean, row);
    scaleInto(root[i], row);
  }
  const f = y.map((value, i) => root[i] * (value - yMean));
  const query = q.slice();
  addScaledInto(-1, xMean, query);

  let prediction = yMean;
  let firstLength = 0;
  const size = norm2(e.data);
  for (let a = 0; a < components; a++) {
    const w = transposeTimesVector(e, f);
    const length = norm2(w);
    firstLength ||= length;
    if (!(length > SMALLEST_WEIGHT * firstLength)) break;
    scaleInto(1 / length, w);
    const t = matrixTimesVector(e, w);
    const tt = dot(t, t);
    if (!(Math.sqrt(tt) > SMALLEST_SCORE * size)) break;
    const p = transposeTimesVector(e, t);
    scaleInto(1 / tt, p);
    const c = dot(f, t) / tt;
    const own = dot(query, w);
    prediction += own * c;
    addScaledInto(-own, p, query);
    for (let i = 0; i < e.rows; i++) addScaledInto(-t[i], p, rowOf(e, i));
    addScaledInto(-c, t, f);
  }
  return prediction;
}

/** Weights of the samples; all 1 where every sample is equally far or too far for its weight to be a number. */
function similarities(x: Matrix, q: Float64Array, lambda: number): Float64Array {
  const d = Float64Array.from({ length: x.rows }, (_, i) => distance(rowOf(x, i), q));
  const centre = mean(d);
  const deviation = Math.sqrt(d.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, d.length - 1));
  const weights = d.map((value) => Math.exp(-value / (deviation > 0 ? deviation : 1) / lambda));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total < SMALLEST_TOTAL ? weights.fill(1) : weights;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) ** 2;
  return Math.sqrt(sum);
}

/** Relative to the first X'y. */
const SMALLEST_WEIGHT = 1e-13;
/** Relative to the length of the weighted X. */
const SMALLEST_SCORE = 1e-14;
/** Below this the spectrum is so far from all samples that their weights say nothing. */
const SMALLEST_TOTAL = 1e-10;
