import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { golubKahan } from '#core/numerics/golubKahan.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { norm2 } from '#core/numerics/norm2.ts';

/**
 * The b that minimises ‖y − X b‖² + α‖b‖² (for α = 0 the shortest least squares solution), from the projected problem
 * of the Golub–Kahan bidiagonalisation started at y: the method of LSQR (Paige & Saunders 1982, ACM TOMS 8, 43–71 and
 * 195–209), with complete reorthogonalisation so that it ends after at most min(n, p) steps. Works on X, not on X'X, so
 * that small α on smooth spectra keep their digits. It stops when the error of b is below 1e-13 of b: the normal
 * equations' residual divided by α bounds that error.
 */
export function dampedLeastSquares(x: Matrix, y: Float64Array, alpha: number, cancel: CancelToken): Float64Array {
  const b = new Float64Array(x.cols);
  const yNorm = norm2(y);
  if (yNorm === 0) return b;
  const krylov = golubKahan(x, y, cancel);
  const damp = Math.sqrt(alpha);
  const steps = Math.min(x.rows, x.cols);
  // QR of [B; √α I] by Givens rotations, one column a step: R is upper bidiagonal (rho, theta), f the rotated right side.
  const rho: number[] = [];
  const theta: number[] = [];
  const f: number[] = [];
  let rhoBar = 0;
  let phiBar = yNorm;

  for (let k = 0; k < steps && krylov.step(); k++) {
    const a = krylov.alpha[k];
    if (k === 0) rhoBar = a;
    else {
      const c = rhoBar / rho[k - 1];
      const s = krylov.beta[k - 1] / rho[k - 1];
      const residual = a * Math.abs(s * f[k - 1]);
      if (residual <= SMALLEST_CHANGE * alpha * length(backSubstitute(rho, theta, f))) break;
      theta.push(s * a);
      rhoBar = -c * a;
    }
    const damped = Math.hypot(rhoBar, damp);
    phiBar *= rhoBar / damped;
    rhoBar = damped;
    const beta = krylov.beta[k];
    const r = Math.hypot(rhoBar, beta);
    rho.push(r);
    f.push((rhoBar / r) * phiBar);
    phiBar *= beta / r;
  }
  const z = backSubstitute(rho, theta, f);
  z.forEach((value, k) => {
    addScaledInto(value, krylov.v[k], b);
  });
  return b;
}

const length = (z: readonly number[]): number => Math.hypot(...z);

/** Solves R z = f for upper bidiagonal R with diagonal rho and superdiagonal theta. */
function backSubstitute(rho: readonly number[], theta: readonly number[], f: readonly number[]): number[] {
  const z = new Array<number>(rho.length).fill(0);
  for (let k = rho.length - 1; k >= 0; k--) z[k] = (f[k] - (k + 1 < rho.length ? theta[k] * z[k + 1] : 0)) / rho[k];
  return z;
}

/** Relative error of b at which more steps change nothing that anybody sees. */
const SMALLEST_CHANGE = 1e-13;
