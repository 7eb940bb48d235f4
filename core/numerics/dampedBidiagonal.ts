/** The damped least squares problem of a lower bidiagonal matrix that grows by a column at a time. */
export interface DampedBidiagonal {
  /** True once the solution is as good as more columns can make it; then `extend` does nothing any more. */
  readonly settled: boolean;
  /** One column more: its diagonal element, and the one below it. */
  extend(alpha: number, beta: number): void;
  /** As long as there are columns up to where it settled. */
  solution(): number[];
}

/**
 * The z that minimises ‖s e₁ − B z‖² + damping ‖z‖², by Givens rotations of [B; √damping I], as in LSQR (Paige & Saunders
 * 1982, ACM TOMS 8, 43–71). R is upper bidiagonal (rho, theta), f the rotated right side. The residual of the normal
 * equations, divided by the damping, bounds the error of the solution: it is settled when that is below 1e-13 of it.
 */
export function dampedBidiagonal(s: number, damping: number): DampedBidiagonal {
  const rho: number[] = [];
  const theta: number[] = [];
  const f: number[] = [];
  const damp = Math.sqrt(damping);
  let rhoBar = 0;
  let phiBar = s;
  let below = 0;
  let settled = false;

  return {
    get settled() {
      return settled;
    },
    extend(alpha, beta) {
      if (settled) return;
      const k = rho.length;
      if (k === 0) rhoBar = alpha;
      else {
        const cosine = rhoBar / rho[k - 1];
        const sine = below / rho[k - 1];
        const residual = alpha * Math.abs(sine * f[k - 1]);
        settled = residual <= SMALLEST_CHANGE * damping * Math.hypot(...backSubstitute(rho, theta, f));
        if (settled) return;
        theta.push(sine * alpha);
        rhoBar = -cosine * alpha;
      }
      const damped = Math.hypot(rhoBar, damp);
      phiBar *= rhoBar / damped;
      rhoBar = damped;
      const r = Math.hypot(rhoBar, beta);
      rho.push(r);
      f.push((rhoBar / r) * phiBar);
      phiBar *= beta / r;
      below = beta;
    },
    solution: () => backSubstitute(rho, theta, f),
  };
}

/** Solves R z = f for upper bidiagonal R with diagonal rho and superdiagonal theta. */
function backSubstitute(rho: readonly number[], theta: readonly number[], f: readonly number[]): number[] {
  const z = new Array<number>(rho.length).fill(0);
  for (let k = rho.length - 1; k >= 0; k--) z[k] = (f[k] - (k + 1 < rho.length ? theta[k] * z[k + 1] : 0)) / rho[k];
  return z;
}

/** Relative error at which more steps change nothing that anybody sees. */
const SMALLEST_CHANGE = 1e-13;
