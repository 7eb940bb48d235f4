import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';

/** Leave-one-out cross-validation: n folds of one sample. */
export const leaveOneOut = defineSplitter<Record<string, never>>({
  id: 'LeaveOneOut',
  version: 1,
  title: 'Leave one out',
  group: 'split',
  summary: 'Holds each sample out once, alone.',
  whenToUse: 'Very small sets of independent samples, where every training sample counts.',
  whenNotToUse: 'Sets above about 50 samples (slow, and prefers too many components), or repeated measurements.',
  references: [
    'Stone, M. (1974) Journal of the Royal Statistical Society B 36, 111–147. doi:10.1111/j.2517-6161.1974.tb00994.x',
    'Shao, J. (1993) Journal of the American Statistical Association 88, 486–494. doi:10.1080/01621459.1993.10476299',
  ],
  aliases: ['LOO', 'sklearn.model_selection.LeaveOneOut', 'sklearn.model_selection._split.LeaveOneOut'],
  params: z.strictObject({}),
  describe: () => 'LeaveOneOut',
  countFolds: () => null,
  split({ n }) {
    requireSamples('LeaveOneOut', n, 2);
    return foldsFromValidation(
      n,
      Array.from({ length: n }, (_, i) => Int32Array.of(i)),
    );
  },
});
