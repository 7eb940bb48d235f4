import { mean } from '#core/numerics/mean.ts';
import type { ScaledChiSquare } from '#core/numerics/scaledChiSquare.ts';

/** From mean and standard deviation (n − 1): degrees = 2 (mean / sd)² (Pomerantsev 2008, J. Chemometrics 22, 601–609). */
export function classicChiSquare(distances: Float64Array): ScaledChiSquare {
  const scale = mean(distances);
  const squares = distances.reduce((sum, value) => sum + (value - scale) ** 2, 0);
  const degrees = Math.round((2 * scale * scale * (distances.length - 1)) / squares);
  return { scale, degrees: Math.min(Math.max(degrees, 1), LARGEST_DEGREES) };
}

/** Beyond this the distribution does not change visibly. */
const LARGEST_DEGREES = 250;
