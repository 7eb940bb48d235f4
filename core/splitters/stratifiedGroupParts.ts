import { randomState } from '#core/base/randomState.ts';
import type { CancelToken } from '#core/base/cancellation.ts';
import { rowsOfGroups, type GroupCodes } from '#core/splitters/groupCodes.ts';
import { pairwiseSum } from '#core/splitters/pairwiseSum.ts';
import type { Strata } from '#core/splitters/strata.ts';

/**
 * Gives whole groups to parts so that each part holds the strata in proportion, part by part as scikit-learn's
 * `StratifiedGroupKFold`. Groups are taken by decreasing unevenness (standard deviation of their counts); each goes where
 * the shares of the strata then differ least between parts, and among equals to the part with the fewest samples.
 *
 * With a seed, the counts are shuffled among the groups before they are taken, as scikit-learn 1.2 does: shuffled parts
 * keep groups whole but follow the proportions less closely.
 *
 * @param seed null: no shuffle
 * @returns sample numbers of each part, ascending; a part may be empty
 */
export function stratifiedGroupParts(
  classes: Strata,
  groups: GroupCodes,
  parts: number,
  seed: number | null,
  cancel: CancelToken,
): Int32Array[] {
  const counts = countsByGroup(classes, groups);
  const held = Int32Array.from(counts.keys());
  if (seed !== null) randomState(seed).shuffleInto(held);
  const shuffled = Array.from(held, (group) => counts[group]);
  const unevenness = shuffled.map(standardDeviation);
  const order = [...shuffled.keys()].sort((a, b) => unevenness[b] - unevenness[a]); // stable
  const inPart = Array.from({ length: parts }, () => new Float64Array(classes.count));
  const chosen: number[][] = Array.from({ length: parts }, () => []);
  for (const group of order) {
    cancel.check();
    const best = bestPart(inPart, shuffled[group], classes.sizes);
    shuffled[group].forEach((count, k) => (inPart[best][k] += count));
    chosen[best].push(group);
  }
  return chosen.map((list) => rowsOfGroups(groups, list));
}

function countsByGroup({ codes, count }: Strata, groups: GroupCodes): Float64Array[] {
  const counts = Array.from({ length: groups.count }, () => new Float64Array(count));
  groups.codes.forEach((group, row) => counts[group][codes[row]]++);
  return counts;
}

function bestPart(inPart: readonly Float64Array[], added: Float64Array, sizes: Int32Array): number {
  let best = 0;
  let least = Infinity;
  let fewest = Infinity;
  inPart.forEach((before, candidate) => {
    const spread = Float64Array.from(sizes, (size, k) =>
      deviationAcross(inPart, (counts, part) => (counts[k] + (part === candidate ? added[k] : 0)) / size),
    );
    const value = pairwiseSum(spread) / spread.length;
    const samples = pairwiseSum(before);
    const same = least < Infinity && Math.abs(value - least) <= 1e-8 + 1e-5 * least; // as numpy.isclose
    if (value < least || (same && samples < fewest)) {
      best = candidate;
      least = value;
      fewest = samples;
    }
  });
  return best;
}

/** Population standard deviation of one number a part, added up one after the other. */
function deviationAcross(
  inPart: readonly Float64Array[],
  share: (counts: Float64Array, part: number) => number,
): number {
  const shares = inPart.map(share);
  const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
  return Math.sqrt(shares.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / shares.length);
}

function standardDeviation(values: Float64Array): number {
  const mean = pairwiseSum(values) / values.length;
  return Math.sqrt(pairwiseSum(values.map((value) => (value - mean) * (value - mean))) / values.length);
}
