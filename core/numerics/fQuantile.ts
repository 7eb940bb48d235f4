import { betaShare } from '#core/numerics/betaShare.ts';
import { increasingInverse } from '#core/numerics/increasingInverse.ts';

/**
 * The value that an F variable with d1 and d2 (> 0) degrees of freedom stays below with the given probability
 * (0 ≤ probability < 1).
 */
export const fQuantile = (probability: number, d1: number, d2: number): number =>
  increasingInverse((f) => betaShare((d1 * f) / (d1 * f + d2), d1 / 2, d2 / 2), probability);
