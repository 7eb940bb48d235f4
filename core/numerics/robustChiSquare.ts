import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';
import { quantile } from '#core/numerics/quantile.ts';
import type { ScaledChiSquare } from '#core/numerics/scaledChiSquare.ts';

/**
 * From median and interquartile range, which outliers hardly move, with the approximation of degrees by their ratio of
 * Pomerantsev & Rodionova (2014, J. Chemometrics 28, 429–438, doi:10.1002/cem.2506).
 */
export function robustChiSquare(distances: Float64Array): ScaledChiSquare {
  const median = quantile(distances, 0.5);
  const range = quantile(distances, 0.75) - quantile(distances, 0.25);
  const degrees = degreesOfRatio(range / median);
  const quartiles = chiSquareQuantile(0.75, degrees) - chiSquareQuantile(0.25, degrees);
  return { scale: (degrees / 2) * (median / chiSquareQuantile(0.5, degrees) + range / quartiles), degrees };
}

/** The ratio of interquartile range and median of chi-square, inverted. */
function degreesOfRatio(ratio: number): number {
  if (!(ratio <= 2.685592117)) return 1;
  if (ratio < 0.194565995) return 100;
  return Math.max(1, Math.round(Math.exp((1.380948 * Math.log(2.68631 / ratio)) ** 1.185785)));
}
