import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawBand, drawsOf } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';
import { quantile } from '#core/numerics/quantile.ts';

interface Params extends CompatibleParams {
  n_regions: number;
  width_range: Range;
}

/** The tops of random regions cut off. */
export const localClipping = defineAugmentation<Params>({
  id: 'LocalClipping',
  version: 1,
  title: 'Local clipping',
  group: 'augment',
  summary: 'Cuts off the top tenth of the values in random regions, as a saturated detector does.',
  whenToUse: 'When strong bands saturate in some spectra of use.',
  whenNotToUse: 'When saturated spectra are rejected before prediction.',
  references: [
    'Næs, T., Isaksson, T., Fearn, T. & Davies, T. (2002) A User-Friendly Guide to Multivariate Calibration and Classification, NIR Publications, ch. 3 (non-linearity and saturation)',
  ],
  aliases: pythonNames('spectral', 'LocalClipping'),
  params: z.strictObject({
    n_regions: z
      .int()
      .min(0)
      .max(1000)
      .default(1)
      .meta({ title: 'Regions', description: 'Number of regions of a spectrum.' }),
    width_range: augmentationParameters.counts(5, 20, 'Width', 'Narrowest and widest region.', 'channels'),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    return augmentedRows(input, context, (spectrum, out) => {
      out.set(spectrum);
      for (let region = 0; region < params.n_regions; region++) {
        const { start, end } = drawBand(random, params.width_range, out.length);
        if (start === end) continue;
        const limit = quantile(out.subarray(start, end), CLIPPED_FROM);
        for (let j = start; j < end; j++) out[j] = Math.min(out[j], limit);
      }
    });
  },
});

/** Values above this quantile of the region are cut off. */
const CLIPPED_FROM = 0.9;
