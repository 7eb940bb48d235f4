import { increasingInverse } from '#core/numerics/increasingInverse.ts';
import { lowerGammaShare } from '#core/numerics/lowerGammaShare.ts';

/**
 * The value that a chi-square variable with `degrees` (> 0) degrees of freedom stays below with the given probability
 * (0 ≤ probability < 1); relative error about 1e-13.
 */
export const chiSquareQuantile = (probability: number, degrees: number): number =>
  2 * increasingInverse((x) => lowerGammaShare(degrees / 2, x), probability);
