import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
  type Range,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawBand, drawsOf, uniform } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  n_bands: number;
  bandwidth_range: Range;
  gain_range: Range;
  offset_range: Range;
}

/** Gain and offset of a few random bands. */
export const bandPerturbation = defineAugmentation<Params>({
  id: 'BandPerturbation',
  version: 1,
  title: 'Band perturbation',
  group: 'augment',
  summary: 'Changes gain and offset of a few random bands of channels.',
  whenToUse: 'To keep a model from leaning on one narrow region only.',
  whenNotToUse: 'Before derivatives: the edges of the bands are steps, which a derivative turns into spikes.',
  references: ['DeVries, T. & Taylor, G. W. (2017) arXiv:1708.04552 (perturbing regions as augmentation)'],
  aliases: pythonNames('spectral', 'BandPerturbation'),
  params: z.strictObject({
    n_bands: z
      .int()
      .min(0)
      .max(1000)
      .default(3)
      .meta({ title: 'Bands', description: 'Number of bands of a spectrum.' }),
    bandwidth_range: augmentationParameters.counts(5, 20, 'Width', 'Narrowest and widest band.', 'channels'),
    gain_range: augmentationParameters.range(0.9, 1.1, 'Gain', 'Lowest and highest factor of a band.'),
    offset_range: augmentationParameters.range(
      -0.01,
      0.01,
      'Offset',
      'Lowest and highest offset of a band, in the unit of the spectra.',
    ),
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    return augmentedRows(input, context, (spectrum, out) => {
      out.set(spectrum);
      for (let band = 0; band < params.n_bands; band++) {
        const { start, end } = drawBand(random, params.bandwidth_range, out.length);
        const gain = uniform(random, params.gain_range);
        const offset = uniform(random, params.offset_range);
        for (let j = start; j < end; j++) out[j] = out[j] * gain + offset;
      }
    });
  },
});
