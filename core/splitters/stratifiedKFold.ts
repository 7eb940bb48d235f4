import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { requireMembers, strata } from '#core/splitters/strata.ts';
import { stratifiedParts } from '#core/splitters/stratifiedParts.ts';

/** K-fold with the classes in proportion, fold by fold as scikit-learn's `StratifiedKFold`. */
export const stratifiedKFold = defineSplitter<{ n_splits: number; shuffle: boolean; random_state: number | null }>({
  id: 'StratifiedKFold',
  version: 1,
  title: 'Stratified K-fold',
  group: 'split',
  summary: 'K-fold in which every part holds the classes, or the range of the target, in their proportions.',
  whenToUse: 'Classification, above all with rare classes; or a numeric target with few high values.',
  whenNotToUse:
    'When several spectra come from one physical sample (use StratifiedGroupKFold), or when new samples will come in other proportions.',
  references: ['Kohavi, R. (1995) Proceedings of IJCAI 14, 1137–1143'],
  aliases: ['sklearn.model_selection.StratifiedKFold', 'sklearn.model_selection._split.StratifiedKFold'],
  stratified: true,
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    shuffle: splitterParameters.shuffle.meta({
      title: 'Shuffle',
      description: 'Shuffle the samples of each class before cutting.',
    }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, shuffle }) => `StratifiedKFold(${n_splits}${shuffle ? ', shuffled' : ''})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, { n_splits, shuffle, random_state }) {
    requireSamples('StratifiedKFold', input.n, n_splits);
    const classes = strata(input, n_splits);
    requireMembers('StratifiedKFold', classes, n_splits);
    const draws = shuffle ? randomState(random_state ?? DEFAULT_SEED) : null;
    return foldsFromValidation(input.n, stratifiedParts(classes, n_splits, draws));
  },
});
