import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { groupCodes, requireGroups } from '#core/splitters/groupCodes.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { requireMembers, strata } from '#core/splitters/strata.ts';
import { stratifiedGroupParts } from '#core/splitters/stratifiedGroupParts.ts';

interface Params {
  n_splits: number;
  shuffle: boolean;
  random_state: number | null;
}

/** K-fold over whole groups with the classes in proportion, fold by fold as scikit-learn's `StratifiedGroupKFold`. */
export const stratifiedGroupKFold = defineSplitter<Params>({
  id: 'StratifiedGroupKFold',
  version: 1,
  title: 'Stratified group K-fold',
  group: 'split',
  summary: 'K-fold that keeps groups whole and, as far as that allows, the classes in their proportions.',
  whenToUse: 'Classification with several spectra of each physical sample, patient or batch.',
  whenNotToUse: 'When each group is of one class and there are few groups: the proportions cannot be kept then.',
  references: ['Kohavi, R. (1995) Proceedings of IJCAI 14, 1137–1143'],
  aliases: ['sklearn.model_selection.StratifiedGroupKFold', 'sklearn.model_selection._split.StratifiedGroupKFold'],
  groups: 'required',
  stratified: true,
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    shuffle: splitterParameters.shuffle.meta({
      title: 'Shuffle',
      description: 'Take the groups in random order. The proportions are then kept less closely.',
    }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, shuffle }) => `StratifiedGroupKFold(${n_splits}${shuffle ? ', shuffled' : ''})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, { n_splits, shuffle, random_state }) {
    requireSamples('StratifiedGroupKFold', input.n, n_splits);
    const groups = groupCodes('StratifiedGroupKFold', input);
    requireGroups('StratifiedGroupKFold', groups, n_splits);
    const classes = strata(input, n_splits);
    requireMembers('StratifiedGroupKFold', classes, n_splits);
    const seed = shuffle ? (random_state ?? DEFAULT_SEED) : null;
    return foldsFromValidation(input.n, stratifiedGroupParts(classes, groups, n_splits, seed, input.cancel));
  },
});
