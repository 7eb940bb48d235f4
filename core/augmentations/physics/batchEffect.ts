import { z } from 'zod';
import { augmentationParameters, pythonNames } from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum } from '#core/augmentations/draws.ts';
import { axisValues } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';
import { mean } from '#core/numerics/mean.ts';

interface Params {
  offset_std: number;
  slope_std: number;
  gain_std: number;
  random_state: number | null;
  variation_scope: 'sample' | 'batch';
}

/** Offset, slope and gain of a measuring session. */
export const batchEffect = defineAugmentation<Params>({
  id: 'BatchEffectAugmenter',
  version: 1,
  title: 'Session effect',
  group: 'augment',
  summary: 'Gives spectra a random offset, slope and gain, as another day or instrument does.',
  whenToUse: 'When spectra in use come from other sessions or instruments than the calibration samples.',
  whenNotToUse: 'When sessions are corrected by a standard, or a derivative and a normalisation follow.',
  references: [
    'Feudale, R. N. et al. (2002) Chemometrics and Intelligent Laboratory Systems 64, 181–192. doi:10.1016/S0169-7439(02)00085-0',
  ],
  aliases: ['BatchEffect', ...pythonNames('synthesis', 'BatchEffectAugmenter')],
  params: z.strictObject({
    offset_std: z.number().min(0).default(0.02).meta({
      title: 'Offset',
      description: 'Standard deviation of the offset, in the unit of the spectra.',
      step: 0.01,
    }),
    slope_std: z.number().min(0).default(0.01).meta({
      title: 'Slope',
      description: 'Standard deviation of the change of the offset from one end of the axis to the other.',
      step: 0.01,
    }),
    gain_std: z.number().min(0).default(0.03).meta({
      title: 'Gain',
      description: 'Standard deviation of the gain, which is 1 on average.',
      step: 0.01,
    }),
    random_state: augmentationParameters.seed,
    variation_scope: augmentationParameters.scope,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const axis = axisValues('BatchEffectAugmenter', null, context.axis, input.x.cols);
    const centre = mean(axis);
    const span = Math.abs(axis[axis.length - 1] - axis[0]);
    const next = perSpectrum(params.variation_scope, () => ({
      offset: params.offset_std * random.normal(),
      slope: params.slope_std * random.normal(),
      gain: 1 + params.gain_std * random.normal(),
    }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { offset, slope, gain } = next();
      for (let j = 0; j < out.length; j++)
        out[j] = spectrum[j] * gain + (offset + (span === 0 ? 0 : (slope * (axis[j] - centre)) / span));
    });
  },
});
