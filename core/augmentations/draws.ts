import { randomState, type RandomState } from '#core/base/randomState.ts';
import type { Range } from '#core/augmentations/augmentationParameters.ts';
import type { AugmentationContext } from '#core/data/operator.ts';

/** The random numbers of a call: the operator's own seed overrules the one of the run. */
export const drawsOf = (params: { random_state: number | null }, context: AugmentationContext): RandomState =>
  params.random_state === null ? context.random : randomState(params.random_state);

export const uniform = (random: RandomState, [low, high]: Range): number => low + (high - low) * random.random();

/** A whole number, both ends included. */
export const integerIn = (random: RandomState, [low, high]: Range): number => low + random.interval(high - low);

export const normals = (random: RandomState, count: number): Float64Array =>
  Float64Array.from({ length: count }, () => random.normal());

/** Draws for each spectrum, or once for all. */
export function perSpectrum<T extends object>(scope: 'sample' | 'batch', draw: () => T): () => T {
  if (scope === 'sample') return draw;
  const shared = draw();
  return () => shared;
}

/** A band of channels, start to before end, anywhere in the spectrum. */
export function drawBand(random: RandomState, width: Range, channels: number): { start: number; end: number } {
  const wide = Math.min(integerIn(random, width), channels);
  const start = random.interval(channels - wide);
  return { start, end: start + wide };
}

/**
 * A draw from the beta distribution with both parameters α: Jöhnk's method (1964) up to α = 1, above it the share of one
 * of two gamma draws (Marsaglia & Tsang 2000, ACM TOMS 26, 363–372). α = 0 is the limit: 0 or 1.
 */
export function symmetricBeta(random: RandomState, alpha: number): number {
  if (alpha === 0) return random.random() < 0.5 ? 0 : 1;
  if (alpha > 1) {
    const first = gamma(random, alpha);
    return first / (first + gamma(random, alpha));
  }
  for (;;) {
    // In logarithms: for small α the powers themselves underflow.
    const a = Math.log(1 - random.random()) / alpha;
    const b = Math.log(1 - random.random()) / alpha;
    const largest = Math.max(a, b);
    const logSum = largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest));
    if (logSum <= 0) return Math.exp(a - logSum);
  }
}

function gamma(random: RandomState, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
