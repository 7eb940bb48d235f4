import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';
import { strata } from '#core/splitters/strata.ts';
import { stratifiedShuffles } from '#core/splitters/stratifiedShuffles.ts';

interface Params {
  n_splits: number;
  test_size: number | null;
  train_size: number | null;
  random_state: number | null;
}

/** Random splits with the classes in proportion, draw by draw as scikit-learn's `StratifiedShuffleSplit`. */
export const stratifiedShuffleSplit = defineSplitter<Params>({
  id: 'StratifiedShuffleSplit',
  version: 1,
  title: 'Stratified shuffle split',
  group: 'split',
  summary: 'Draws random validation parts that hold the classes, or the range of the target, in proportion.',
  whenToUse: 'Monte Carlo cross-validation of a classification with rare classes.',
  whenNotToUse: 'When every sample should be predicted equally often, or with several spectra of one physical sample.',
  references: [
    'Kohavi, R. (1995) Proceedings of IJCAI 14, 1137–1143',
    'Xu, Q.-S. & Liang, Y.-Z. (2001) Chemometrics and Intelligent Laboratory Systems 56, 1–11. doi:10.1016/S0169-7439(00)00122-2',
  ],
  aliases: ['sklearn.model_selection.StratifiedShuffleSplit', 'sklearn.model_selection._split.StratifiedShuffleSplit'],
  stratified: true,
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
  describe: ({ n_splits }) => `StratifiedShuffleSplit(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, { n_splits, test_size, train_size, random_state }) {
    requireSamples('StratifiedShuffleSplit', input.n, 2);
    const sizes = splitSizes('StratifiedShuffleSplit', input.n, test_size, train_size);
    // A bin of a numeric target must reach both parts; scikit-learn asks the same of a class, two members at least.
    const least = input.classCount > 0 ? 2 : Math.ceil(input.n / Math.min(sizes.train, sizes.validation));
    return stratifiedShuffles(
      'StratifiedShuffleSplit',
      strata(input, Math.max(2, least)),
      sizes,
      n_splits,
      random_state ?? DEFAULT_SEED,
    );
  },
});
