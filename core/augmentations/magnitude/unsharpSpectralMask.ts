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
  amount_range: Range;
  sigma: number;
  kernel_width: number;
  variation_scope: 'sample' | 'batch';
}

/** Sharpening by a random amount. */
export const unsharpSpectralMask = defineAugmentation<Params>({
  id: 'UnsharpSpectralMask',
  version: 1,
  title: 'Unsharp mask',
  group: 'augment',
  summary: 'Sharpens each spectrum by a random share of its difference from a smoothed copy.',
  whenToUse: 'Together with smoothing jitter, when resolution in use may be better or worse than in calibration.',
  whenNotToUse: 'On noisy spectra: sharpening raises the noise.',
  references: [
    'Shorten, C. & Khoshgoftaar, T. M. (2019) Journal of Big Data 6, 60. doi:10.1186/s40537-019-0197-0 (kernel filters as augmentation)',
  ],
  aliases: pythonNames('spectral', 'UnsharpSpectralMask'),
  params: z.strictObject({
    amount_range: augmentationParameters.range(
      0.1,
      0.5,
      'Amount',
      'Lowest and highest share of the difference that is added.',
    ),
    sigma: z.number().positive().default(1).meta({
      title: 'Width',
      description: 'Standard deviation of the Gaussian that smooths the copy.',
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
    const smooth = new Float64Array(input.x.cols);
    const next = perSpectrum(params.variation_scope, () => ({ amount: uniform(random, params.amount_range) }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { amount } = next();
      smoothInto(spectrum, params.sigma, radiusOf(params.kernel_width), 'mirror', smooth);
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] + amount * (spectrum[j] - smooth[j]);
    });
  },
});
