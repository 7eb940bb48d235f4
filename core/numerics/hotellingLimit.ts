import { fQuantile } from '#core/numerics/fQuantile.ts';

/**
 * The T² that a share alpha of the members of a population exceeds: a (n − 1) / (n − a) F(1 − α; a, n − a), for a
 * components estimated from n > a samples (Hotelling 1931; MacGregor & Kourti 1995, Control Eng. Practice 3, 403–414).
 */
export const hotellingLimit = (components: number, samples: number, alpha: number): number =>
  ((components * (samples - 1)) / (samples - components)) * fQuantile(1 - alpha, components, samples - components);
