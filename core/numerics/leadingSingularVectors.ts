import { randomState } from '#core/base/randomState.ts';
import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { golubKahan, type Bidiagonalisation } from '#core/numerics/golubKahan.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { columnOf, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/** The largest singular values of X with their right vectors (loadings of a PCA when X is centred). */
export interface LeadingSingularVectors {
  /** Largest first; shorter than asked when the rank of X is smaller. */
  readonly s: Float64Array;
  /** `v[k]` has length p; its entry of largest absolute value is positive. */
  readonly v: readonly Float64Array[];
}

/**
 * The `count` largest singular values and right vectors of X (n × p), by Golub–Kahan–Lanczos bidiagonalisation with
 * complete reorthogonalisation (Golub & Kahan 1965; Simon & Zha 2000, SIAM J. Sci. Comput. 21, 2257–2274). X'X is
 * never formed, so that small singular values of smooth spectra keep their digits. Starts from a fixed vector, and so
 * gives the same bytes every time. Values below max(n, p) · ε · s₁ count as zero.
 */
export function leadingSingularVectors(x: Matrix, count: number, cancel: CancelToken): LeadingSingularVectors {
  const draws = randomState(START_SEED);
  const start = Float64Array.from({ length: x.rows }, () => draws.normal());
  // Starting inside the column space keeps the Krylov space free of directions that X does not have.
  const krylov = golubKahan(x, matrixTimesVector(x, transposeTimesVector(x, start)), cancel);
  const limit = Math.min(x.rows, x.cols);
  let target = Math.min(limit, 2 * count + 20);
  for (;;) {
    let exhausted = false;
    while (krylov.v.length < target && !exhausted) exhausted = !krylov.step();
    const { s, u, v } = projected(krylov);
    exhausted ||= krylov.v.length >= limit || krylov.beta.at(-1) === 0;
    if (exhausted && leavesSomething(x, s, krylov.v.length < limit)) return denseVectors(x, count);
    if (exhausted || converged(krylov, s, u, count)) return ritzVectors(x, krylov, s, v, count);
    target = Math.min(limit, Math.ceil(1.4 * target));
  }
}

/** Decomposes the small lower bidiagonal matrix, (k + 1) × k. */
function projected({ alpha, beta }: Bidiagonalisation) {
  const k = alpha.length;
  const columns = alpha.map((a, j) => {
    const column = new Float64Array(k + 1);
    column[j] = a;
    column[j + 1] = beta[j];
    return column;
  });
  return jacobiSvd(columns);
}

/**
 * X'(U u) = s (V v) + alpha_next · (last entry of u) · v_next, so the last entry times the size of X bounds the error.
 */
function converged(krylov: Bidiagonalisation, s: Float64Array, u: readonly Float64Array[], count: number): boolean {
  const last = krylov.alpha.length;
  for (let k = 0; k < Math.min(count, s.length); k++)
    if (s[0] * Math.abs(u[k][last]) > Math.max(SETTLED * s[k], 4 * Number.EPSILON * s[0])) return false;
  return true;
}

/**
 * A Krylov space holds one direction for each distinct singular value. When it ends early and the values found do not
 * add up to the size of X, some values occur several times.
 */
function leavesSomething(x: Matrix, s: Float64Array, early: boolean): boolean {
  const size = norm2(x.data);
  return early && size - norm2(s) > 1e-12 * size;
}

function denseVectors(x: Matrix, count: number): LeadingSingularVectors {
  const wide = x.rows < x.cols;
  const lines = wide
    ? Array.from({ length: x.rows }, (_, i) => rowOf(x, i))
    : Array.from({ length: x.cols }, (_, j) => columnOf(x, j));
  const { s, u, v } = jacobiSvd(lines);
  const kept = countAbove(s, smallestValue(x, s), count);
  return { s: s.slice(0, kept), v: (wide ? u : v).slice(0, kept).map(withPositivePeak) };
}

const smallestValue = (x: Matrix, s: Float64Array): number => Math.max(x.rows, x.cols) * Number.EPSILON * (s[0] ?? 0);

function countAbove(s: Float64Array, smallest: number, count: number): number {
  const rank = s.findIndex((value) => !(value > smallest));
  return Math.min(count, rank === -1 ? s.length : rank);
}

function ritzVectors(
  x: Matrix,
  krylov: Bidiagonalisation,
  s: Float64Array,
  small: readonly Float64Array[],
  count: number,
): LeadingSingularVectors {
  const kept = countAbove(s, smallestValue(x, s), count);
  const v = small.slice(0, kept).map((weights) => {
    const vector = new Float64Array(x.cols);
    krylov.v.forEach((basis, j) => {
      addScaledInto(weights[j], basis, vector);
    });
    return withPositivePeak(vector);
  });
  return { s: s.slice(0, kept), v };
}

/** Signs are arbitrary; this convention makes them the same on every machine. */
function withPositivePeak(vector: Float64Array): Float64Array {
  let peak = 0;
  for (let j = 0; j < vector.length; j++) if (Math.abs(vector[j]) > Math.abs(vector[peak])) peak = j;
  const factor = (vector[peak] < 0 ? -1 : 1) / norm2(vector);
  return vector.map((value) => value * factor);
}

/** Any fixed number; the result depends on it in the last bits only. */
const START_SEED = 1965;
/** Relative size of what is missing from a vector. */
const SETTLED = 1e-13;
