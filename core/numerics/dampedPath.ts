import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dampedBidiagonal } from '#core/numerics/dampedBidiagonal.ts';
import { golubKahan } from '#core/numerics/golubKahan.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { norm2 } from '#core/numerics/norm2.ts';

/**
 * For each α the b that minimises ‖y − X b‖² + α‖b‖² (for α = 0 the shortest least squares solution), from the projected
 * problems of one Golub–Kahan bidiagonalisation started at y, which does not depend on α: the method of LSQR (Paige &
 * Saunders 1982, ACM TOMS 8, 43–71 and 195–209), with complete reorthogonalisation so that it ends after at most
 * min(n, p) steps. Works on X, not on X'X, so that small α on smooth spectra keep their digits. Each α stops when its
 * error is below 1e-13 of b, so that no result depends on the others.
 */
export function dampedPath(x: Matrix, y: Float64Array, alphas: readonly number[], cancel: CancelToken): Float64Array[] {
  const yNorm = norm2(y);
  if (yNorm === 0) return alphas.map(() => new Float64Array(x.cols));
  const krylov = golubKahan(x, y, cancel);
  const problems = alphas.map((alpha) => dampedBidiagonal(yNorm, alpha));
  const steps = Math.min(x.rows, x.cols);
  for (let k = 0; k < steps && krylov.step(); k++) {
    for (const problem of problems) problem.extend(krylov.alpha[k], krylov.beta[k]);
    if (problems.every(({ settled }) => settled)) break;
  }
  return problems.map((problem) => {
    const b = new Float64Array(x.cols);
    problem.solution().forEach((value, k) => {
      addScaledInto(value, krylov.v[k], b);
    });
    return b;
  });
}
