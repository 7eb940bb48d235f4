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
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { axisValues } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';
import { mean } from '#core/numerics/mean.ts';

interface Params extends CompatibleParams {
  stretch_range: Range;
  lambda_axis: number[] | null;
  variation_scope: 'sample' | 'batch';
}

/** The axis stretched or compressed about its middle. */
export const wavelengthStretch = defineAugmentation<Params>({
  id: 'WavelengthStretch',
  version: 1,
  title: 'Wavelength stretch',
  group: 'augment',
  summary: 'Stretches or compresses each spectrum about the middle of the axis.',
  whenToUse: 'For models that are used on several instruments: their dispersion differs a little.',
  whenNotToUse: 'On wide axes with the default range: 1 % of half of 1,400 nm moves the outer bands by 7 nm.',
  references: [
    'Feudale, R. N. et al. (2002) Chemometrics and Intelligent Laboratory Systems 64, 181–192. doi:10.1016/S0169-7439(02)00085-0 (differences between instruments)',
  ],
  aliases: pythonNames('spectral', 'WavelengthStretch'),
  params: z.strictObject({
    stretch_range: z
      .tuple([z.number().positive(), z.number().positive()])
      .refine(([low, high]) => low <= high, 'must be [lowest, highest]')
      .default([0.99, 1.01])
      .meta({ title: 'Stretch', description: 'Lowest and highest factor; above 1 bands move away from the middle.' }),
    lambda_axis: augmentationParameters.lambdaAxis,
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const axis = axisValues('WavelengthStretch', params.lambda_axis, context.axis, input.x.cols);
    const centre = mean(axis);
    const next = perSpectrum(params.variation_scope, () => ({ factor: uniform(random, params.stretch_range) }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { factor } = next();
      // Without the detour over the middle, a factor of 1 would move positions by a rounding error.
      const wanted = axis.map((value) => value - (value - centre) * (1 - 1 / factor));
      interpolateInto(axis, spectrum, wanted, out);
    });
  },
});
