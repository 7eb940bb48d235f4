import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, normals, perSpectrum } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  sigma_gain: number;
  per_wavelength: boolean;
  variation_scope: 'sample' | 'batch';
}

/** A random gain for each spectrum, or for each channel. */
export const multiplicativeNoise = defineAugmentation<Params>({
  id: 'MultiplicativeNoise',
  version: 1,
  title: 'Multiplicative noise',
  group: 'augment',
  summary: 'Multiplies each spectrum, or each channel, by a random gain near 1.',
  whenToUse: 'When lamp intensity or sample thickness vary more in use than among the calibration samples.',
  whenNotToUse: 'When SNV, MSC or another normalisation follows, which removes the gain again.',
  references: ['Bjerrum, E. J., Glahder, M. & Skov, T. (2017) arXiv:1710.01927'],
  aliases: pythonNames('spectral', 'MultiplicativeNoise'),
  params: z.strictObject({
    sigma_gain: z.number().min(0).default(0.05).meta({
      title: 'Strength',
      description: 'Standard deviation of the gain, which is 1 on average.',
      step: 0.01,
    }),
    per_wavelength: z.boolean().default(false).meta({
      title: 'For each channel',
      description: 'A gain for each channel instead of one for the whole spectrum.',
    }),
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
    apply_on: z.enum(['samples', 'features', 'subsets', 'global']).default('samples').meta({
      title: 'Applied on',
      description: 'global: the same gain for all spectra; otherwise one for each spectrum.',
    }),
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const { per_wavelength, sigma_gain } = params;
    const scope = params.apply_on === 'global' && !per_wavelength ? 'batch' : params.variation_scope;
    const next = perSpectrum(scope, () => normals(random, per_wavelength ? input.x.cols : 1));
    return augmentedRows(input, context, (spectrum, out) => {
      const noise = next();
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] * (1 + sigma_gain * noise[per_wavelength ? j : 0]);
    });
  },
});
