import type { CancelToken } from '#core/base/cancellation.ts';
import { applyOperator, transposeOperator, type BankOperator } from '#core/models/latent/operatorBank.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/**
 * PLS whose weight vectors are mixtures of those behind several pre-treatments A: w = Σ γ A'A X'y, each term of length
 * 1. The shares γ are the sparsemax (Martins & Astudillo 2016) of how much of y the first component of each
 * pre-treatment explains, over τ times the largest of them.
 *
 * @param x n × p, centred columns
 * @param y length n, centred
 * @returns regression vectors of 1, 2, … components, and the shares
 */
export function mixedOperatorPls(
  x: Matrix,
  y: Float64Array,
  bank: readonly BankOperator[],
  tau: number,
  components: number,
  cancel: CancelToken,
): { coefs: Float64Array[]; weights: Float64Array } {
  const covariance = transposeTimesVector(x, y);
  const explained = Float64Array.from(bank, (operator) => {
    cancel.check();
    const t = matrixTimesVector(x, direction(operator, covariance));
    return dot(y, t) ** 2 / (dot(y, y) * dot(t, t) || 1);
  });
  const largest = explained.reduce((a, b) => Math.max(a, b), 0);
  const weights = sparsemax(explained.map((value) => value / (tau * largest || 1)));

  const e: Matrix = { ...x, data: x.data.slice() };
  const f = y.slice();
  const R: Float64Array[] = [];
  const P: Float64Array[] = [];
  const coefs: Float64Array[] = [];
  const b = new Float64Array(x.cols);
  const size = norm2(x.data);
  for (let a = 0; a < components; a++) {
    cancel.check();
    const c = transposeTimesVector(e, f);
    if (!(norm2(c) > SMALLEST_WEIGHT * norm2(covariance))) break;
    const w = new Float64Array(x.cols);
    bank.forEach((operator, k) => {
      if (weights[k] > 0) addScaledInto(weights[k], direction(operator, c), w);
    });
    const length = norm2(w);
    if (length === 0) break;
    scaleInto(1 / length, w);
    const t = matrixTimesVector(e, w);
    const tt = dot(t, t);
    if (!(Math.sqrt(tt) > SMALLEST_SCORE * size)) break;
    const p = transposeTimesVector(e, t);
    scaleInto(1 / tt, p);
    const q = dot(f, t) / tt;
    const r = w.slice();
    P.forEach((loading, j) => {
      addScaledInto(-dot(loading, w), R[j], r);
    });
    for (let i = 0; i < e.rows; i++) addScaledInto(-t[i], p, rowOf(e, i));
    addScaledInto(-q, t, f);
    addScaledInto(q, r, b);
    P.push(p);
    R.push(r);
    coefs.push(b.slice());
  }
  return { coefs, weights };
}

/** A'A c, of length 1 (zeros where that vanishes). */
function direction(operator: BankOperator, c: Float64Array): Float64Array {
  const d = transposeOperator(operator, applyOperator(operator, c));
  const length = norm2(d);
  if (length > 0) scaleInto(1 / length, d);
  return d;
}

/** The nearest point of the probability simplex: shares that sum to 1, small ones exactly 0. */
function sparsemax(z: Float64Array): Float64Array {
  const sorted = z.toSorted().reverse();
  let sum = 0;
  let threshold = 0;
  sorted.forEach((value, k) => {
    sum += value;
    if (value > (sum - 1) / (k + 1)) threshold = (sum - 1) / (k + 1);
  });
  return z.map((value) => Math.max(value - threshold, 0));
}

/** Relative to the first X'y. */
const SMALLEST_WEIGHT = 1e-13;
/** Relative to the length of X. */
const SMALLEST_SCORE = 1e-14;
