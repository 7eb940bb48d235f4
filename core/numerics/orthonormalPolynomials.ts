/**
 * Polynomials of degree 0 … degree that are orthonormal over n equidistant points, by their three-term recurrence on
 * [−1, 1] (discrete Chebyshev or Gram polynomials; Gautschi 2004, Orthogonal Polynomials, 2.1.1). Well conditioned at
 * any degree, unlike powers of the channel number.
 */
export interface OrthonormalPolynomials {
  /** `values[k][j]` is the polynomial of degree k at point j; the vectors are orthonormal. */
  readonly values: readonly Float64Array[];
  /** Derivatives of order m, per step of the points, of all polynomials at point j (whole or between points). */
  derivatives(m: number, j: number): Float64Array;
}

/** @param n number of points, more than `degree` */
export function orthonormalPolynomials(n: number, degree: number): OrthonormalPolynomials {
  const centre = (n - 1) / 2;
  const scale = Math.max(centre, 0.5);
  const t = Float64Array.from({ length: n }, (_, j) => (j - centre) / scale);
  const values: Float64Array[] = [new Float64Array(n).fill(1 / Math.sqrt(n))];
  /** Length of the unnormalised next polynomial: b in b·Pₖ₊₁ = t·Pₖ − bₖ₋₁·Pₖ₋₁. Symmetry makes the middle term 0. */
  const b: number[] = [];
  for (let k = 0; k < degree; k++) {
    const next = values[k].map((value, j) => t[j] * value - (k > 0 ? b[k - 1] * values[k - 1][j] : 0));
    // One Gram–Schmidt pass removes what rounding left along the earlier ones.
    for (const earlier of values) {
      let along = 0;
      for (let j = 0; j < n; j++) along += earlier[j] * next[j];
      for (let j = 0; j < n; j++) next[j] -= along * earlier[j];
    }
    let sum = 0;
    for (const value of next) sum += value * value;
    b.push(Math.sqrt(sum));
    values.push(next.map((value) => value / b[k]));
  }

  function derivatives(m: number, j: number): Float64Array {
    const at = (j - centre) / scale;
    // d[i][k]: derivative of order i of polynomial k, by differentiating the recurrence i times.
    const d = Array.from({ length: m + 1 }, () => new Float64Array(degree + 1));
    d[0][0] = 1 / Math.sqrt(n);
    for (let k = 0; k < degree; k++)
      for (let i = 0; i <= m; i++) {
        const lower = i > 0 ? i * d[i - 1][k] : 0;
        d[i][k + 1] = (at * d[i][k] + lower - (k > 0 ? b[k - 1] * d[i][k - 1] : 0)) / b[k];
      }
    return d[m].map((value) => value / scale ** m);
  }
  return { values, derivatives };
}
