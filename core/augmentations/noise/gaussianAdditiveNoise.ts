import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, normals, perSpectrum } from '#core/augmentations/draws.ts';
import { radiusOf, smoothInto } from '#core/augmentations/smoothInto.ts';
import { standardDeviation } from '#core/augmentations/standardDeviation.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  sigma: number;
  smoothing_kernel_width: number;
  variation_scope: 'sample' | 'batch';
}

/** Random noise on every channel, as large as a share of each spectrum's own variation. */
export const gaussianAdditiveNoise = defineAugmentation<Params>({
  id: 'GaussianAdditiveNoise',
  version: 1,
  title: 'Additive noise',
  group: 'augment',
  summary: 'Adds random noise to every channel, in proportion to the standard deviation of the spectrum.',
  whenToUse: 'To make a model less sensitive to detector noise, above all a flexible one with few samples.',
  whenNotToUse: 'When the next step differentiates the spectra, which turns small noise into large noise.',
  references: ['Bishop, C. M. (1995) Neural Computation 7, 108–116. doi:10.1162/neco.1995.7.1.108'],
  aliases: pythonNames('spectral', 'GaussianAdditiveNoise'),
  params: z.strictObject({
    sigma: z.number().min(0).default(0.01).meta({
      title: 'Strength',
      description: 'Standard deviation of the noise as a share of the standard deviation of the spectrum.',
      step: 0.005,
    }),
    smoothing_kernel_width: z.int().min(1).max(501).default(1).meta({
      title: 'Smoothing',
      description: 'Smooths the noise over this many channels, so that neighbours vary together. 1: no smoothing.',
      unit: 'channels',
      step: 2,
    }),
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
    apply_on: z.enum(['samples', 'features', 'subsets', 'global']).default('samples').meta({
      title: 'Applied on',
      description: 'global: the standard deviation of all spectra together; otherwise that of each spectrum.',
    }),
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const channels = input.x.cols;
    const next = perSpectrum(params.variation_scope, () => {
      const noise = normals(random, channels);
      const smooth = new Float64Array(channels);
      const width = params.smoothing_kernel_width;
      smoothInto(noise, width / 6, radiusOf(width), 'mirror', smooth);
      return smooth;
    });
    const together = params.apply_on === 'global' ? standardDeviation(input.x.data) : null;
    return augmentedRows(input, context, (spectrum, out) => {
      const size = params.sigma * (together ?? standardDeviation(spectrum));
      const noise = next();
      for (let j = 0; j < channels; j++) out[j] = spectrum[j] + size * noise[j];
    });
  },
});
