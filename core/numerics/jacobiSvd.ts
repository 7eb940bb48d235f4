import { neverCancelled, type CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';

/** A thin decomposition A = U diag(s) V'. */
export interface SmallSvd {
  /** Singular values, largest first. */
  readonly s: Float64Array;
  /** Left vectors: `u[k]` belongs to `s[k]` (zeros where s is 0). */
  readonly u: readonly Float64Array[];
  readonly v: readonly Float64Array[];
}

/**
 * Singular values and vectors of a small dense matrix by one-sided Jacobi rotations (Hestenes 1958; de Rijk 1989,
 * SIAM J. Sci. Stat. Comput. 10, 359–371). Slow for large matrices, but small singular values come out with high
 * relative accuracy, which matters for smooth spectra.
 *
 * @param columns the columns of A, all of one length; not written to
 */
export function jacobiSvd(columns: readonly Float64Array[], cancel: CancelToken = neverCancelled): SmallSvd {
  const n = columns.length;
  const a = columns.map((column) => column.slice());
  const v = Array.from({ length: n }, (_, j) => Float64Array.from({ length: n }, (__, i) => (i === j ? 1 : 0)));
  const orthogonal = Math.sqrt(Math.max(1, a[0]?.length ?? 1)) * Number.EPSILON;
  // A column shorter than the rounding of the largest ones is zero: without this, columns that depend on each other
  // would be turned about their rounding errors for ever.
  const nothing = a.reduce((sum, column) => sum + squared(column), 0) * Number.EPSILON ** 2;
  for (let sweep = 0; ; sweep++) {
    if (sweep === LARGEST_SWEEPS)
      throw new EngineError('numerics.not-converged', { what: 'The singular value decomposition', steps: sweep });
    if (!rotateAllPairsInto(a, v, orthogonal, nothing, cancel)) break;
  }
  const length = a.map((column) => Math.sqrt(squared(column)));
  const order = [...length.keys()].sort((i, j) => length[j] - length[i]);
  return {
    s: Float64Array.from(order, (k) => length[k]),
    u: order.map((k) => (length[k] > 0 ? a[k].map((value) => value / length[k]) : a[k])),
    v: order.map((k) => v[k]),
  };
}

/** One sweep; false once every pair of columns is orthogonal to working precision (de Rijk's √m ε). */
function rotateAllPairsInto(
  a: readonly Float64Array[],
  v: readonly Float64Array[],
  orthogonal: number,
  nothing: number,
  cancel: CancelToken,
): boolean {
  let rotated = false;
  for (let i = 0; i < a.length; i++) {
    cancel.check();
    for (let j = i + 1; j < a.length; j++) {
      const alpha = squared(a[i]);
      const beta = squared(a[j]);
      if (Math.min(alpha, beta) <= nothing) continue;
      let gamma = 0;
      for (let k = 0; k < a[i].length; k++) gamma += a[i][k] * a[j][k];
      if (Math.abs(gamma) <= orthogonal * Math.sqrt(alpha * beta)) continue;
      rotated = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const c = 1 / Math.sqrt(1 + t * t);
      rotateInto(a[i], a[j], c, c * t);
      rotateInto(v[i], v[j], c, c * t);
    }
  }
  return rotated;
}

function rotateInto(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let k = 0; k < x.length; k++) {
    const xk = x[k];
    const yk = y[k];
    x[k] = c * xk - s * yk;
    y[k] = s * xk + c * yk;
  }
}

function squared(column: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < column.length; k++) sum += column[k] * column[k];
  return sum;
}

/** Convergence is quadratic: 6 to 10 sweeps are usual, so 60 means that something is wrong. */
const LARGEST_SWEEPS = 60;
