import type { FittedJoin, FittedRoute, FittedSource } from '#core/data/fittedChain.ts';
import { invalidChain } from '#core/data/invalidChain.ts';

/** A source is made of columns of the raw spectra, of which there are p. Throws chain.invalid. */
export function checkSource({ name, from, to }: FittedSource, p: number): void {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= p))
    throw invalidChain(`its source "${name}" is columns ${from} to ${to - 1} of spectra with ${p} values.`);
}

/** A join has parts, its predictions members, and weights are as many as these and add up to 1. Throws chain.invalid. */
export function checkJoin({ parts }: FittedJoin): void {
  if (parts.length === 0) throw invalidChain('a merge has nothing to merge.');
  for (const part of parts) {
    if (part.kind === 'spectra') continue;
    if (part.members.length === 0) throw invalidChain('a merge of predictions has no model.');
    const { weights } = part;
    if (weights === null) continue;
    if (weights.length !== part.members.length)
      throw invalidChain(`a merge has ${weights.length} weights for ${part.members.length} models.`);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    // Also false for weights that are not finite.
    if (!(Math.abs(sum - 1) <= ROUNDING)) throw invalidChain(`the weights of a merge add up to ${sum} instead of 1.`);
  }
}

/** Weights are quotients of a sum. */
const ROUNDING = 1e-9;

/** A route has lanes, each with values of its own. Throws chain.invalid. */
export function checkRoute({ key, lanes }: FittedRoute): void {
  if (lanes.length === 0) throw invalidChain('a separation has no lane.');
  if (key.kind === 'filters' && key.filters.length === 0) throw invalidChain('a separation by filters has no filter.');
  const seen = new Set<string>();
  for (const { name, values } of lanes) {
    if (values.length === 0) throw invalidChain(`the lane "${name}" of a separation is for no value.`);
    for (const value of values) {
      if (seen.has(value)) throw invalidChain(`two lanes of a separation are for the value "${value}".`);
      seen.add(value);
      if (key.kind === 'filters' && value !== 'true' && value !== 'false')
        throw invalidChain(`filters answer "true" or "false", and the lane "${name}" is for "${value}".`);
    }
  }
}
