import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

interface Params {
  n_splits: number;
  test_size: number | null;
  train_size: number | null;
  random_state: number | null;
}

/** Independent random splits, draw by draw as scikit-learn's `ShuffleSplit`. */
export const shuffleSplit = defineSplitter<Params>({
  id: 'ShuffleSplit',
  version: 1,
  title: 'Shuffle split',
  group: 'split',
  summary: 'Draws a random validation part again and again.',
  whenToUse: 'Monte Carlo cross-validation: as many splits as you like, with a validation part of any size.',
  whenNotToUse: 'When every sample should be predicted equally often: some may never be held out.',
  references: [
    'Xu, Q.-S. & Liang, Y.-Z. (2001) Chemometrics and Intelligent Laboratory Systems 56, 1–11. doi:10.1016/S0169-7439(00)00122-2',
  ],
  aliases: ['sklearn.model_selection.ShuffleSplit', 'sklearn.model_selection._split.ShuffleSplit'],
  params: z.strictObject({
    n_splits: splitterParameters.splits(10),
    test_size: splitterParameters.size().nullable().default(null).meta({
      title: 'Validation part',
      description:
        'A fraction below 1, rounded up, or a number of samples. Empty: 0.1, or what the training part leaves.',
    }),
    train_size: splitterParameters.size().nullable().default(null).meta({
      title: 'Training part',
      description: 'A fraction below 1, rounded down, or a number of samples. Empty: everything else.',
    }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits }) => `ShuffleSplit(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split({ n }, { n_splits, test_size, train_size, random_state }) {
    const sizes = splitSizes('ShuffleSplit', n, test_size, train_size);
    const draws = randomState(random_state ?? DEFAULT_SEED);
    return Array.from({ length: n_splits }, () => {
      const order = draws.permutation(n);
      return {
        validation: order.slice(0, sizes.validation),
        train: order.slice(sizes.validation, sizes.validation + sizes.train),
      };
    });
  },
});
