import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { partition } from '#core/splitters/partition.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

/** K-fold repeated with new shuffles of one generator, as scikit-learn's `RepeatedKFold`. */
export const repeatedKFold = defineSplitter<{ n_splits: number; n_repeats: number; random_state: number | null }>({
  id: 'RepeatedKFold',
  version: 1,
  title: 'Repeated K-fold',
  group: 'split',
  summary: 'Repeats a shuffled K-fold several times, so that the result depends less on one lucky cut.',
  whenToUse: 'Small sets, where one K-fold gives a score that changes noticeably with the shuffle.',
  whenNotToUse: 'Large sets, where it costs time and changes little; or grouped samples.',
  references: [
    'Filzmoser, P., Liebmann, B. & Varmuza, K. (2009) Journal of Chemometrics 23, 160–171. doi:10.1002/cem.1225',
  ],
  aliases: ['sklearn.model_selection.RepeatedKFold', 'sklearn.model_selection._split.RepeatedKFold'],
  params: z.strictObject({
    n_splits: splitterParameters.folds(5),
    n_repeats: splitterParameters.repeats(10),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits, n_repeats }) => `RepeatedKFold(${n_splits} × ${n_repeats})`,
  countFolds: ({ n_splits, n_repeats }) => n_splits * n_repeats,
  split({ n }, { n_splits, n_repeats, random_state }) {
    requireSamples('RepeatedKFold', n, n_splits);
    const draws = randomState(random_state ?? DEFAULT_SEED);
    return Array.from({ length: n_repeats }, () =>
      foldsFromValidation(n, partition(draws.permutation(n), n_splits)),
    ).flat();
  },
});
