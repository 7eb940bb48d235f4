import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { groupCodes, requireGroups } from '#core/splitters/groupCodes.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';

/** Each group is held out once, in sorted order, as scikit-learn's `LeaveOneGroupOut`. */
export const leaveOneGroupOut = defineSplitter<Record<string, never>>({
  id: 'LeaveOneGroupOut',
  version: 1,
  title: 'Leave one group out',
  group: 'split',
  summary: 'Holds each group out once: every season, site or instrument is predicted by the others.',
  whenToUse: 'To know how a calibration does on a season, site or instrument that it has not seen.',
  whenNotToUse: 'With many small groups, where GroupKFold says the same in fewer fits.',
  references: ['Næs, T. et al. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, ch. 13'],
  aliases: ['LOGO', 'sklearn.model_selection.LeaveOneGroupOut', 'sklearn.model_selection._split.LeaveOneGroupOut'],
  groups: 'required',
  params: z.strictObject({}),
  describe: () => 'LeaveOneGroupOut',
  countFolds: () => null,
  split(input) {
    requireSamples('LeaveOneGroupOut', input.n, 2);
    const groups = groupCodes('LeaveOneGroupOut', input);
    requireGroups('LeaveOneGroupOut', groups, 2);
    return foldsFromValidation(input.n, groups.members);
  },
});
