import { z } from 'zod';
import { defineSplitter } from '#core/data/operator.ts';
import { combinations } from '#core/splitters/combinations.ts';
import { foldsFromValidation } from '#core/splitters/foldsFromValidation.ts';
import { requireSamples } from '#core/splitters/requireSamples.ts';

/** Every choice of p samples is held out once, in the order of scikit-learn's `LeavePOut`. */
export const leavePOut = defineSplitter<{ p: number }>({
  id: 'LeavePOut',
  version: 1,
  title: 'Leave p out',
  group: 'split',
  summary: 'Holds every possible choice of p samples out once.',
  whenToUse: 'Very small sets, where leave-one-out prefers too many components.',
  whenNotToUse: 'Beyond about 30 samples: the number of folds grows like nᵖ. A repeated K-fold says the same sooner.',
  references: [
    'Shao, J. (1993) Journal of the American Statistical Association 88, 486–494. doi:10.1080/01621459.1993.10476299',
  ],
  aliases: ['sklearn.model_selection.LeavePOut', 'sklearn.model_selection._split.LeavePOut'],
  params: z.strictObject({
    p: z
      .int()
      .min(1)
      .max(100)
      .default(2)
      .meta({ title: 'Samples', description: 'How many samples to hold out at once.' }),
  }),
  describe: ({ p }) => `LeavePOut(${p})`,
  countFolds: () => null,
  split({ n }, { p }) {
    requireSamples('LeavePOut', n, p + 1);
    return foldsFromValidation(n, combinations('LeavePOut', 'p', n, p));
  },
});
