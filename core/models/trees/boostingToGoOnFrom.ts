import type { FitContext, State } from '#core/data/operator.ts';
import type { BoostedState } from '#core/models/trees/boostedTrees.ts';

/**
 * The boosted model from which training goes on: that of the same channels and classes. Null without a warm start, and,
 * with a notice, where it does not fit.
 *
 * @param outputs columns of scores
 * @param present codes of the classes that the rows have; null in regression
 */
export function boostingToGoOnFrom(
  operator: string,
  channels: number,
  outputs: number,
  present: Int32Array | null,
  { warmStart, notice }: FitContext,
): BoostedState | null {
  if (warmStart === undefined) return null;
  if (isBoosted(warmStart, channels, outputs) && (present === null || sameCodes(warmStart['present'], present)))
    return warmStart;
  notice(
    `${operator}: the trees of the fold do not fit (other channels or classes). Training starts from the beginning.`,
  );
  return null;
}

/** The engine only passes a state of the same operator, so that these three tell everything. */
const isBoosted = (state: State, channels: number, outputs: number): state is BoostedState =>
  'trees' in state &&
  state['channels'] === channels &&
  state['base'] instanceof Float64Array &&
  state['base'].length === outputs;

const sameCodes = (found: State[string] | undefined, present: Int32Array): boolean =>
  found instanceof Int32Array && found.length === present.length && found.every((code, k) => code === present[k]);
