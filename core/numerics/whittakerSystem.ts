import { bandedCholeskyInto, bandedSolveInto } from '#core/numerics/bandedCholesky.ts';

/** Solves (W + λ₁D₁ᵀD₁ + λDᵀD) z = (W + λ₁D₁ᵀD₁) y, the penalised least squares system of Whittaker baselines. */
export interface WhittakerSystem {
  /**
   * @param y n values
   * @param w n weights, not negative: the diagonal of W
   * @param z receives the n values of the smooth curve
   * @returns false when the weights leave the curve undetermined (fewer positive weights than the difference order)
   */
  solveInto(y: Float64Array, w: Float64Array, z: Float64Array): boolean;
}

/**
 * Prepares the system for n points and differences D of the given order (Eilers 2003, Anal. Chem. 75, 3631–3636,
 * doi:10.1021/ac034173t). A large λ swallows the weights in the sum W + λDᵀD, so each solution is refined with a
 * residual that is computed from the differences themselves, where nothing cancels. O(n·order²) for each solution.
 *
 * @param lambda smoothness λ
 * @param order order of the differences, at least 1 and below n
 * @param lambda1 weight λ₁ of the first differences of y − z; 0 for none
 */
export function whittakerSystem(n: number, lambda: number, order: number, lambda1 = 0): WhittakerSystem {
  const penalty = penaltyDiagonals(n, order).map((diagonal) => diagonal.map((value) => lambda * value));
  if (lambda1 > 0)
    penaltyDiagonals(n, 1).forEach((diagonal, k) => {
      for (let i = 0; i < n; i++) penalty[k][i] += lambda1 * diagonal[i];
    });
  const factor = penalty.map((diagonal) => diagonal.slice());
  const residual = new Float64Array(n);
  const scratch = new Float64Array(n);

  /** residual = (W + λ₁D₁ᵀD₁)(y − z) − λDᵀD z */
  function residualInto(y: Float64Array, w: Float64Array, z: Float64Array): void {
    for (let i = 0; i < n; i++) residual[i] = w[i] * (y[i] - z[i]);
    if (lambda1 > 0) {
      for (let i = 0; i < n; i++) scratch[i] = y[i] - z[i];
      addPenaltyInto(scratch, 1, lambda1, residual);
    }
    scratch.set(z);
    addPenaltyInto(scratch, order, -lambda, residual);
  }

  return {
    solveInto(y, w, z) {
      penalty.forEach((diagonal, k) => factor[k].set(diagonal));
      for (let i = 0; i < n; i++) factor[0][i] += w[i];
      if (!bandedCholeskyInto(factor)) return false;
      z.fill(0);
      for (let step = 0; step <= REFINEMENTS; step++) {
        residualInto(y, w, z);
        bandedSolveInto(factor, residual);
        for (let i = 0; i < n; i++) z[i] += residual[i];
      }
      return true;
    },
  };
}

/** Diagonals of DᵀD for differences of an order: entry (i, i + k), as sums over the rows of D. */
function penaltyDiagonals(n: number, order: number): Float64Array[] {
  const row = differenceRow(order);
  return Array.from({ length: order + 1 }, (_, k) => {
    const diagonal = new Float64Array(n);
    for (let start = 0; start + order < n; start++)
      for (let j = 0; j + k <= order; j++) diagonal[start + j] += row[j] * row[j + k];
    return diagonal;
  });
}

/** Coefficients of one row of D: −1 1, then 1 −2 1, and so on. */
function differenceRow(order: number): number[] {
  let row = [1];
  for (let k = 0; k < order; k++) row = [...row, 0].map((value, j) => (row[j - 1] ?? 0) - value);
  return row;
}

/** out += factor · DᵀD v; v is overwritten. */
function addPenaltyInto(v: Float64Array, order: number, factor: number, out: Float64Array): void {
  const n = v.length;
  for (let k = 1; k <= order; k++) for (let i = 0; i < n - k; i++) v[i] = v[i + 1] - v[i];
  // The transpose of a difference, order times: length n − order grows back to n.
  for (let k = order; k >= 1; k--) {
    v[n - k] = v[n - k - 1];
    for (let i = n - k - 1; i >= 1; i--) v[i] = v[i - 1] - v[i];
    v[0] = -v[0];
  }
  for (let i = 0; i < n; i++) out[i] += factor * v[i];
}

/** Each one multiplies the error by about 10⁻¹⁶ times the condition number, far below 1 for any usable λ. */
const REFINEMENTS = 2;
