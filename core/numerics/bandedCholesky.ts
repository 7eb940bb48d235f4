/**
 * Cholesky factor L·D·Lᵀ of a symmetric positive definite band matrix, in place, without square roots
 * (Golub & Van Loan 2013, Matrix Computations, 4.3.6). O(n·b²).
 *
 * @param diagonals b + 1 arrays of length n: `diagonals[k][i]` is element (i, i + k); the last k of array k are unused.
 *   On return `diagonals[0]` holds D and `diagonals[k][i]` element (i + k, i) of L.
 * @returns false when the matrix is not positive definite in double precision; the contents are then undefined.
 */
export function bandedCholeskyInto(diagonals: readonly Float64Array[]): boolean {
  const d = diagonals[0];
  const n = d.length;
  const band = diagonals.length - 1;
  for (let i = 0; i < n; i++) {
    // Written so that NaN is caught too.
    if (!(d[i] > 0)) return false;
    const reach = Math.min(band, n - 1 - i);
    for (let k = 1; k <= reach; k++) {
      const factor = diagonals[k][i] / d[i];
      for (let m = k; m <= reach; m++) diagonals[m - k][i + k] -= factor * diagonals[m][i];
    }
    for (let k = 1; k <= reach; k++) diagonals[k][i] /= d[i];
  }
  return true;
}

/** Solves L·D·Lᵀ z = b for the factor of `bandedCholeskyInto`; b (length n) becomes z. */
export function bandedSolveInto(factor: readonly Float64Array[], b: Float64Array): void {
  const d = factor[0];
  const n = d.length;
  const band = factor.length - 1;
  for (let i = 0; i < n; i++) {
    const reach = Math.min(band, n - 1 - i);
    for (let k = 1; k <= reach; k++) b[i + k] -= factor[k][i] * b[i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = b[i] / d[i];
    const reach = Math.min(band, n - 1 - i);
    for (let k = 1; k <= reach; k++) value -= factor[k][i] * b[i + k];
    b[i] = value;
  }
}
