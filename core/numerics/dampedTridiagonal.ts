/** The system (T + damping I) z = s e₁ of a symmetric, positive semidefinite tridiagonal T that grows a row at a time. */
export interface DampedTridiagonal {
  /** True once the solution is as good as more rows can make it; then `extend` does nothing any more. */
  readonly settled: boolean;
  /** One row more: its diagonal element, and the one beside it that couples it with the next row. */
  extend(diagonal: number, beside: number): void;
  /** As long as there are rows up to where it settled. */
  solution(): number[];
}

/**
 * By the factors L D L' of the matrix (Golub & Van Loan, Matrix Computations, 4.3.6). Where T comes from the Lanczos process
 * of a kernel matrix K, started at a vector of length s, the residual of (K + damping I) g = start is the last element of z
 * times the next coupling: settled when that is below 1e-13 of damping · ‖z‖.
 */
export function dampedTridiagonal(s: number, damping: number): DampedTridiagonal {
  const d: number[] = [];
  const l: number[] = [];
  const f: number[] = [];
  let coupling = 0;
  let settled = false;

  function solution(): number[] {
    const z = new Array<number>(d.length).fill(0);
    for (let k = d.length - 1; k >= 0; k--) z[k] = f[k] / d[k] - (k + 1 < d.length ? l[k + 1] * z[k + 1] : 0);
    return z;
  }

  return {
    get settled() {
      return settled;
    },
    extend(diagonal, beside) {
      if (settled) return;
      const k = d.length;
      l.push(k === 0 ? 0 : coupling / d[k - 1]);
      d.push(diagonal + damping - l[k] * coupling);
      f.push(k === 0 ? s : -l[k] * f[k - 1]);
      coupling = beside;
      settled = beside * Math.abs(f[k] / d[k]) <= SMALLEST_CHANGE * damping * Math.hypot(...solution());
    },
    solution,
  };
}

/** Relative error at which more steps change nothing that anybody sees. */
const SMALLEST_CHANGE = 1e-13;
