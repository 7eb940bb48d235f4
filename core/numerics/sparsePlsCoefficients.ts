import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/** How far entries of X'y are pulled towards zero. */
export interface SparseThreshold {
  readonly alpha: number;
  /** True: `alpha` is a share of the largest entry. */
  readonly relative: boolean;
}

/**
 * Sparse PLS for one response: PLS with deflated X, whose weights are soft-thresholded, w ∝ sign(X'y)(|X'y| − α)₊
 * (Lê Cao et al. 2008; with a relative threshold Chun & Keleş 2010). Ends when no entry exceeds the threshold, or when a
 * component covaries with y by less than an absolute threshold.
 *
 * @param x n × p, centred columns; not written to
 * @param y length n, centred
 * @returns regression vectors of 1, 2, … components
 */
export function sparsePlsCoefficients(
  x: Matrix,
  y: Float64Array,
  components: number,
  { alpha, relative }: SparseThreshold,
  cancel: CancelToken,
): Float64Array[] {
  const e: Matrix = { ...x, data: x.data.slice() };
  const rest = y.slice();
  const R: Float64Array[] = [];
  const P: Float64Array[] = [];
  const coefs: Float64Array[] = [];
  const b = new Float64Array(x.cols);
  const xNorm = norm2(x.data);
  const firstXy = norm2(transposeTimesVector(x, y));

  for (let a = 0; a < components; a++) {
    cancel.check();
    const xy = transposeTimesVector(e, rest);
    if (!(norm2(xy) > SMALLEST_WEIGHT * firstXy)) break;
    const w = softThreshold(xy, relative ? alpha * largest(xy) : alpha);
    const length = norm2(w);
    if (length === 0) break;
    scaleInto(1 / length, w);
    const t = matrixTimesVector(e, w);
    const size = norm2(t);
    if (!(size > SMALLEST_SCORE * xNorm)) break;
    if (!relative && dot(t, rest) <= alpha) break;
    const p = transposeTimesVector(e, t);
    scaleInto(1 / (size * size), p);
    const q = dot(t, rest) / (size * size);
    // r gives t from the undeflated X.
    const r = w.slice();
    for (let j = 0; j < a; j++) addScaledInto(-dot(P[j], w), R[j], r);
    for (let i = 0; i < e.rows; i++) addScaledInto(-t[i], p, rowOf(e, i));
    addScaledInto(-q, t, rest);
    addScaledInto(q, r, b);
    R.push(r);
    P.push(p);
    coefs.push(b.slice());
  }
  return coefs;
}

const softThreshold = (v: Float64Array, limit: number): Float64Array =>
  v.map((value) => Math.sign(value) * Math.max(Math.abs(value) - limit, 0));

const largest = (v: Float64Array): number => v.reduce((size, value) => Math.max(size, Math.abs(value)), 0);

/** Relative to the first X'y; rounding alone leaves about 1e-16 a component. */
const SMALLEST_WEIGHT = 1e-13;
/** Relative to the length of X. */
const SMALLEST_SCORE = 1e-14;
