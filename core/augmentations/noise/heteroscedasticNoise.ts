import { z } from 'zod';
import { augmentationParameters, pythonNames } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, normals, perSpectrum } from '#core/augmentations/draws.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params {
  noise_base: number;
  noise_signal_dep: number;
  random_state: number | null;
  variation_scope: 'sample' | 'batch';
}

/** Noise that grows with the signal. */
export const heteroscedasticNoise = defineAugmentation<Params>({
  id: 'HeteroscedasticNoise',
  version: 1,
  title: 'Signal-dependent noise',
  group: 'augment',
  summary: 'Adds noise whose standard deviation is a base plus a share of the signal at each channel.',
  whenToUse: 'When strong absorbance is measured with more noise than weak absorbance, as detectors at low light do.',
  whenNotToUse: 'On spectra that were centred or differentiated: their size no longer says how much light there was.',
  references: ['Workman, J. & Mark, H. (2007) Chemometrics in Spectroscopy, Academic Press, chapters 41–53 (noise)'],
  aliases: ['HeteroscedasticNoiseAugmenter', ...pythonNames('synthesis', 'HeteroscedasticNoiseAugmenter')],
  params: z.strictObject({
    noise_base: z.number().min(0).default(0.001).meta({
      title: 'Base',
      description: 'Standard deviation where there is no signal, in the unit of the spectra.',
      step: 0.001,
    }),
    noise_signal_dep: z.number().min(0).default(0.005).meta({
      title: 'Growth',
      description: 'How much the standard deviation grows with the absolute signal.',
      step: 0.001,
    }),
    random_state: augmentationParameters.seed,
    variation_scope: z.enum(['sample', 'batch']).default('sample').meta({
      title: 'Variation',
      description: 'sample: drawn anew for each spectrum; batch: the same noise on all, sized by the mean signal.',
    }),
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const { x } = input;
    const next = perSpectrum(params.variation_scope, () => normals(random, x.cols));
    const sizeOf = (value: number): number => params.noise_base + params.noise_signal_dep * Math.abs(value);
    const shared = params.variation_scope === 'batch' ? meanSizes(x.data, x.cols, sizeOf) : null;
    return augmentedRows(input, context, (spectrum, out) => {
      const noise = next();
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] + noise[j] * (shared?.[j] ?? sizeOf(spectrum[j]));
    });
  },
});

function meanSizes(data: Float64Array, cols: number, sizeOf: (value: number) => number): Float64Array {
  const sizes = new Float64Array(cols);
  data.forEach((value, i) => (sizes[i % cols] += (sizeOf(value) * cols) / data.length));
  return sizes;
}
