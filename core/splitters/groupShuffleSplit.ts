import { z } from 'zod';
import { randomState } from '#core/base/randomState.ts';
import { defineSplitter } from '#core/data/operator.ts';
import { groupCodes, requireGroups, rowsOfGroups } from '#core/splitters/groupCodes.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';
import { splitSizes } from '#core/splitters/splitSizes.ts';
import { DEFAULT_SEED, splitterParameters } from '#core/splitters/splitterParameters.ts';

interface Params {
  n_splits: number;
  test_size: number | null;
  train_size: number | null;
  random_state: number | null;
}

/** Independent random splits of whole groups, draw by draw as scikit-learn's `GroupShuffleSplit`. */
export const groupShuffleSplit = defineSplitter<Params>({
  id: 'GroupShuffleSplit',
  version: 1,
  title: 'Group shuffle split',
  group: 'split',
  summary: 'Draws random groups for validation again and again.',
  whenToUse: 'Monte Carlo cross-validation with several spectra of each physical sample.',
  whenNotToUse: 'When every group should be predicted equally often: some may never be held out.',
  references: [
    'Xu, Q.-S. & Liang, Y.-Z. (2001) Chemometrics and Intelligent Laboratory Systems 56, 1–11. doi:10.1016/S0169-7439(00)00122-2',
  ],
  aliases: ['sklearn.model_selection.GroupShuffleSplit', 'sklearn.model_selection._split.GroupShuffleSplit'],
  groups: 'required',
  params: z.strictObject({
    n_splits: splitterParameters.splits(5),
    test_size: splitterParameters.size().nullable().default(null).meta({
      title: 'Validation part',
      description:
        'A fraction of the groups below 1, rounded up, or a number of groups. Empty: 0.2, or what the training part leaves.',
    }),
    train_size: splitterParameters.size().nullable().default(null).meta({
      title: 'Training part',
      description: 'A fraction of the groups below 1, rounded down, or a number of groups. Empty: everything else.',
    }),
    random_state: splitterParameters.seed,
  }),
  describe: ({ n_splits }) => `GroupShuffleSplit(${n_splits})`,
  countFolds: ({ n_splits }) => n_splits,
  split(input, { n_splits, test_size, train_size, random_state }) {
    requireSamples('GroupShuffleSplit', input.n, 2);
    const groups = groupCodes('GroupShuffleSplit', input);
    requireGroups('GroupShuffleSplit', groups, 2);
    const what = { standard: 0.2, what: 'groups' };
    const sizes = splitSizes('GroupShuffleSplit', groups.count, test_size, train_size, what);
    const draws = randomState(random_state ?? DEFAULT_SEED);
    return Array.from({ length: n_splits }, () => {
      const order = draws.permutation(groups.count);
      return {
        validation: rowsOfGroups(groups, order.slice(0, sizes.validation)),
        train: rowsOfGroups(groups, order.slice(sizes.validation, sizes.validation + sizes.train)),
      };
    });
  },
});
