import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { radiusOf, smoothInto } from '#core/augmentations/smoothInto.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  sigma_range: Range;
  kernel_width: number;
  variation_scope: 'sample' | 'batch';
}

/** Smoothing by a random amount. */
export const gaussianSmoothingJitter = defineAugmentation<Params>({
  id: 'GaussianSmoothingJitter',
  version: 1,
  title: 'Smoothing jitter',
  group: 'augment',
  summary: 'Smooths each spectrum with a Gaussian of random width.',
  whenToUse: 'When resolution or averaging differ between the instruments or settings of use.',
  whenNotToUse: 'When the spectra are smooth already: the copies then equal the originals.',
  references: [
    'Shorten, C. & Khoshgoftaar, T. M. (2019) Journal of Big Data 6, 60. doi:10.1186/s40537-019-0197-0 (kernel filters as augmentation)',
  ],
  aliases: pythonNames('spectral', 'GaussianSmoothingJitter'),
  params: z.strictObject({
    sigma_range: z
      .tuple([z.number().min(0), z.number().min(0)])
      .refine(([low, high]) => low <= high, 'must be [lowest, highest]')
      .default([0.5, 2])
      .meta({
        title: 'Width',
        description: 'Smallest and largest standard deviation of the Gaussian.',
        unit: 'channels',
      }),
    kernel_width: z.int().min(1).max(501).default(11).meta({
      title: 'Kernel',
      description: 'Channels that take part, odd; an even number counts as the next odd one.',
      unit: 'channels',
    }),
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const next = perSpectrum(params.variation_scope, () => ({ sigma: uniform(random, params.sigma_range) }));
    return augmentedRows(input, context, (spectrum, out) => {
      smoothInto(spectrum, next().sigma, radiusOf(params.kernel_width), 'mirror', out);
    });
  },
});
