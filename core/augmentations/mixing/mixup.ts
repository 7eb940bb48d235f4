import { z } from 'zod';
import {
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { drawsOf, symmetricBeta } from '#core/augmentations/draws.ts';
import { mixedSamples } from '#core/augmentations/mixing/mixedSamples.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  alpha: number;
}

/** Weighted means of two samples, spectra and targets alike. */
export const mixup = defineAugmentation<Params>({
  id: 'Mixup',
  version: 1,
  title: 'Mixup',
  group: 'augment',
  summary: 'Mixes each sample with another one: spectra and targets with the same random weight.',
  whenToUse: 'On absorbance, where a mixture of two samples has very nearly the mixed spectrum and the mixed content.',
  whenNotToUse: 'When the target does not mix linearly (a temperature of melting, a rank), or on a few clusters.',
  references: [
    'Zhang, H., Cisse, M., Dauphin, Y. N. & Lopez-Paz, D. (2018) mixup: Beyond empirical risk minimization, ICLR, arXiv:1710.09412',
  ],
  aliases: ['MixupAugmenter', ...pythonNames('spectral', 'MixupAugmenter')],
  params: z.strictObject({
    alpha: z.number().positive().max(1000).default(0.2).meta({
      title: 'Mixing',
      description: 'Both parameters of the beta distribution of the weight. Small: nearly pure samples; 1: any weight.',
      step: 0.1,
    }),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    if (input.x.rows === 1) context.notice('Mixup needs two samples; one alone stays as it is.');
    const partners = random.permutation(input.x.rows);
    return mixedSamples(input, context, (row) => ({
      partner: partners[row],
      weight: symmetricBeta(random, params.alpha),
    }));
  },
});
