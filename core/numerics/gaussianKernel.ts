/**
 * Samples of the Gaussian density, or of its derivative, at −radius … radius, as SciPy's `gaussian_filter1d` weighs
 * them: the density is normalised to sum 1, and the derivative is the density times the Hermite-like polynomial q with
 * q₀ = 1, qₖ₊₁(t) = qₖ′(t) − t/σ²·qₖ(t). Weight j belongs to the value at distance j − radius.
 *
 * @param sigma standard deviation, in steps
 * @param order order of the derivative, 0 smooths
 */
export function gaussianKernel(sigma: number, order: number, radius: number): Float64Array {
  const density = Float64Array.from({ length: 2 * radius + 1 }, (_, j) => Math.exp(-0.5 * ((j - radius) / sigma) ** 2));
  const sum = density.reduce((total, value) => total + value, 0);
  let q = [1];
  for (let k = 0; k < order; k++) {
    const last = q;
    q = Array.from(
      { length: last.length + 1 },
      (_, power) => (last[power + 1] ?? 0) * (power + 1) - (last[power - 1] ?? 0) / (sigma * sigma),
    );
  }
  // The derivative of the smoothed curve at 0 weighs the value at distance t with the derivative at −t.
  return density.map((value, j) => {
    const t = radius - j;
    return (q.reduceRight((result, coefficient) => result * t + coefficient, 0) * value) / sum;
  });
}
