import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { groupCodes, requireGroups, rowsOfGroups, type GroupCodes } from '#core/splitters/groupCodes.ts';
import { numpyOrder } from '#core/splitters/numpyOrder.ts';
import { partition } from '#core/splitters/partition.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

/** K-fold over whole groups, fold by fold as scikit-learn's `GroupKFold`. */
export const groupKFold = defineSplitter<{ n_splits: number; shuffle: boolean; random_state: number | null }>({
  id: 'GroupKFold',
  version: 1,
  title: 'Group K-fold',
  group: 'split',
  summary: 'K-fold that keeps the samples of one group together, with folds of nearly equal size.',
  whenToUse: 'Several spectra of each physical sample, or batches, sites or days that new samples will not share.',
  whenNotToUse: 'When the groups differ so much in size that one of them fills a fold: use LeaveOneGroupOut.',
  references: [
    'Roberts, D. R. et al. (2017) Ecography 40, 913–929. doi:10.1111/ecog.02881',
    'Brereton, R. G. (2006) Trends in Analytical Chemistry 25, 1103–1111. doi:10.1016/j.trac.2006.10.005',
  ],
  aliases: ['sklearn.model_selection.GroupKFold', 'sklearn.model_selection._split.GroupKFold'],
  groups: 'required',
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    shuffle: splitterParameters.shuffle.meta({
      title: 'Shuffle',
      description: 'Deal out the groups at random, in equal numbers, instead of by size.',
    }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, shuffle }) => `GroupKFold(${n_splits}${shuffle ? ', shuffled' : ''})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, { n_splits, shuffle, random_state }) {
    requireSamples('GroupKFold', input.n, n_splits);
    const groups = groupCodes('GroupKFold', input);
    requireGroups('GroupKFold', groups, n_splits);
    const chosen = shuffle
      ? partition(randomState(random_state ?? DEFAULT_SEED).permutation(groups.count), n_splits)
      : bySize(groups, n_splits);
    return foldsFromValidation(
      input.n,
      chosen.map((list) => rowsOfGroups(groups, list)),
    );
  },
});

/** The largest group first, always to the part with the fewest samples. */
function bySize({ members }: GroupCodes, parts: number): number[][] {
  const chosen: number[][] = Array.from({ length: parts }, () => []);
  const samples = new Int32Array(parts);
  for (const group of numpyOrder(members.map(({ length }) => length)).reverse()) {
    let lightest = 0;
    for (let k = 1; k < parts; k++) if (samples[k] < samples[lightest]) lightest = k;
    samples[lightest] += members[group].length;
    chosen[lightest].push(group);
  }
  return chosen;
}
