import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';

/** The value that a standard normal variable stays below with the given probability (0 < probability < 1). */
export function normalQuantile(probability: number): number {
  // The square of a standard normal variable is chi-square with one degree of freedom.
  const size = Math.sqrt(chiSquareQuantile(Math.abs(2 * probability - 1), 1));
  return probability < 0.5 ? -size : size;
}
