import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { partition } from '#core/splitters/partition.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

/** K-fold cross-validation, fold by fold as scikit-learn's `KFold`. */
export const kFold = defineSplitter<{ n_splits: number; shuffle: boolean; random_state: number | null }>({
  id: 'KFold',
  version: 1,
  title: 'K-fold',
  group: 'split',
  summary: 'Cuts the samples into parts of equal size and holds each part out once.',
  whenToUse:
    'The standard choice for independent samples. Shuffle when neighbouring samples in the file resemble each other.',
  whenNotToUse:
    'When several spectra come from one physical sample: they must stay together, or the error looks too small.',
  references: [
    'Stone, M. (1974) Journal of the Royal Statistical Society B 36, 111–147. doi:10.1111/j.2517-6161.1974.tb00994.x',
  ],
  aliases: ['sklearn.model_selection.KFold', 'sklearn.model_selection._split.KFold'],
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    shuffle: z.boolean().default(false).meta({ title: 'Shuffle', description: 'Shuffle the samples before cutting.' }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, shuffle }) => `KFold(${n_splits}${shuffle ? ', shuffled' : ''})`,
  countFolds: ({ n_splits }) => n_splits,
  split({ n }, { n_splits, shuffle, random_state }) {
    requireSamples('KFold', n, n_splits);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    if (shuffle) randomState(random_state ?? DEFAULT_SEED).shuffleInto(order);
    return foldsFromValidation(n, partition(order, n_splits));
  },
});
