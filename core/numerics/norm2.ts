import { dot } from '#core/numerics/dot.ts';

/** Euclidean length of a vector. Spectra are far from overflow, so there is no scaling. */
export const norm2 = (v: Float64Array): number => Math.sqrt(dot(v, v));
