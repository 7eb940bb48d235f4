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

interface Params extends CompatibleParams {
  shift_range: Range;
  lambda_axis: number[] | null;
  variation_scope: 'sample' | 'batch';
}

/** All bands moved by the same small distance. */
export const wavelengthShift = defineAugmentation<Params>({
  id: 'WavelengthShift',
  version: 1,
  title: 'Wavelength shift',
  group: 'augment',
  summary: 'Moves each spectrum along the axis by a random distance.',
  whenToUse: 'For models that are used on several instruments, or for years: wavelength calibrations differ and drift.',
  whenNotToUse: 'When band positions carry the information, or the instrument is checked against a standard.',
  references: ['Bjerrum, E. J., Glahder, M. & Skov, T. (2017) arXiv:1710.01927'],
  aliases: pythonNames('spectral', 'WavelengthShift'),
  params: z.strictObject({
    shift_range: augmentationParameters.range(
      -2,
      2,
      'Shift',
      'Lowest and highest shift, in the unit of the axis; bands move to higher values for a positive one.',
    ),
    lambda_axis: augmentationParameters.lambdaAxis,
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const axis = axisValues('WavelengthShift', params.lambda_axis, context.axis, input.x.cols);
    const next = perSpectrum(params.variation_scope, () => ({ shift: uniform(random, params.shift_range) }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { shift } = next();
      interpolateInto(
        axis,
        spectrum,
        axis.map((value) => value - shift),
        out,
      );
    });
  },
});
