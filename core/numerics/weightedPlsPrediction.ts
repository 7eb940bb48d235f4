import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { localWeights } from '#core/numerics/localWeights.ts';
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
  const omega = localWeights(x, q, lambda);
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

/** Relative to the first X'y. */
const SMALLEST_WEIGHT = 1e-13;
/** Relative to the length of the weighted X. */
const SMALLEST_SCORE = 1e-14;
