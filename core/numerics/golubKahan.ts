import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';

/**
 * A partial bidiagonalisation X V = U B with B lower bidiagonal: after k steps `v` holds k vectors, `u` k + 1 (one
 * fewer when the last `beta` is 0), `alpha[j]` stands at (j, j) and `beta[j]` at (j + 1, j).
 */
export interface Bidiagonalisation {
  readonly u: readonly Float64Array[];
  readonly v: readonly Float64Array[];
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  /** One step more; false when the Krylov space is exhausted, and then nothing was added. */
  step(): boolean;
}

/**
 * Lower Golub–Kahan bidiagonalisation started at y (Paige & Saunders 1982, ACM TOMS 8, 43–71), with complete
 * reorthogonalisation in two passes, so that U and V are orthonormal to working precision and a projected problem
 * is as good as the full one. Never forms X'X, so the condition number is not squared. Costs 4np flops a step.
 *
 * @param x n × p
 * @param y length n, not zero
 */
export function golubKahan(x: Matrix, y: Float64Array, cancel: CancelToken): Bidiagonalisation {
  const u: Float64Array[] = [];
  const v: Float64Array[] = [];
  const alpha: number[] = [];
  const beta: number[] = [];
  const smallest = Math.max(x.rows, x.cols) * Number.EPSILON * norm2(x.data);
  const start = norm2(y);
  const first = y.slice();
  if (start > 0) {
    scaleInto(1 / start, first);
    u.push(first);
  }

  function step(): boolean {
    cancel.check();
    const k = v.length;
    if (u.length <= k) return false; // the last beta was zero
    const right = transposeTimesVector(x, u[k]);
    orthogonaliseInto(v, right);
    const a = norm2(right);
    if (!(a > smallest)) return false;
    scaleInto(1 / a, right);
    const left = matrixTimesVector(x, right);
    orthogonaliseInto(u, left);
    const b = norm2(left);
    v.push(right);
    alpha.push(a);
    if (b > smallest) {
      scaleInto(1 / b, left);
      u.push(left);
      beta.push(b);
    } else beta.push(0);
    return true;
  }
  return { u, v, alpha, beta, step };
}

/** Removes the parts along orthonormal vectors; twice is enough (Giraud, Langou & Rozložník 2005). */
function orthogonaliseInto(basis: readonly Float64Array[], vector: Float64Array): void {
  for (let pass = 0; pass < 2; pass++) for (const one of basis) addScaledInto(-dot(one, vector), one, vector);
}
