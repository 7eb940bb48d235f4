import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { combinations } from '#core/splitters/combinations.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { groupCodes, requireGroups, rowsOfGroups } from '#core/splitters/groupCodes.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';

/** Every choice of p groups is held out once, in the order of scikit-learn's `LeavePGroupsOut`. */
export const leavePGroupsOut = defineSplitter<{ n_groups: number }>({
  id: 'LeavePGroupsOut',
  version: 1,
  title: 'Leave p groups out',
  group: 'split',
  summary: 'Holds every possible choice of p groups out once.',
  whenToUse: 'Few groups (seasons, sites, instruments), where one held-out group at a time gives too few folds.',
  whenNotToUse: 'With many groups: the number of folds grows like their number to the power p.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 13'],
  aliases: ['LPGO', 'sklearn.model_selection.LeavePGroupsOut', 'sklearn.model_selection._split.LeavePGroupsOut'],
  groups: 'required',
  params: z.strictObject({
    n_groups: z
      .int()
      .min(1)
      .max(100)
      .default(2)
      .meta({ title: 'Groups', description: 'How many groups to hold out at once.' }),
  }),
  describe: ({ n_groups }) => `LeavePGroupsOut(${n_groups})`,
  countFolds: () => null,
  split(input, { n_groups }) {
    requireSamples('LeavePGroupsOut', input.n, 2);
    const groups = groupCodes('LeavePGroupsOut', input);
    requireGroups('LeavePGroupsOut', groups, n_groups + 1);
    return foldsFromValidation(
      input.n,
      combinations('LeavePGroupsOut', 'n_groups', groups.count, n_groups).map((list) => rowsOfGroups(groups, list)),
    );
  },
});
