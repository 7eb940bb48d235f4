import { z } from 'zod';
import {
  augmentationParameters,
  compatibleParameters,
  pythonNames,
  type CompatibleParams,
} from '#core/augmentations/augmentationParameters.ts';
import { augmentedRows } from '#core/augmentations/augmentedRows.ts';
import { drawsOf, perSpectrum, uniform } from '#core/augmentations/draws.ts';
import { interpolateInto } from '#core/augmentations/interpolateInto.ts';
import { smoothCurve } from '#core/augmentations/smoothCurve.ts';
import { axisValues } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  n_control_points: number;
  max_shift: number;
  lambda_axis: number[] | null;
  variation_scope: 'sample' | 'batch';
}

/** Bands moved by a distance that changes smoothly along the axis. */
export const localWavelengthWarp = defineAugmentation<Params>({
  id: 'LocalWavelengthWarp',
  version: 1,
  title: 'Wavelength warp',
  group: 'augment',
  summary: 'Moves bands by random distances that change smoothly along the axis.',
  whenToUse: 'When wavelength errors differ along the axis, as between grating or array instruments.',
  whenNotToUse: 'When the largest shift is near the distance of the control points: spectra would fold over.',
  references: [
    'Um, T. T. et al. (2017) Proc. 19th ACM ICMI, 216–220. doi:10.1145/3136755.3136817 (warping as augmentation)',
  ],
  aliases: pythonNames('spectral', 'LocalWavelengthWarp'),
  params: z.strictObject({
    n_control_points: z.int().min(2).max(100).default(5).meta({
      title: 'Control points',
      description: 'Places along the axis at which a shift is drawn; a smooth curve joins them.',
    }),
    max_shift: z.number().min(0).default(1).meta({
      title: 'Largest shift',
      description: 'Largest shift at a control point in either direction, in the unit of the axis.',
    }),
    lambda_axis: augmentationParameters.lambdaAxis,
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const { n_control_points, max_shift } = params;
    const axis = axisValues('LocalWavelengthWarp', params.lambda_axis, context.axis, input.x.cols);
    const curve = smoothCurve(axis, n_control_points);
    const next = perSpectrum(params.variation_scope, () => {
      const shifts = new Float64Array(axis.length);
      curve.interpolateInto(
        Float64Array.from({ length: n_control_points }, () => uniform(random, [-max_shift, max_shift])),
        shifts,
      );
      return shifts;
    });
    return augmentedRows(input, context, (spectrum, out) => {
      const shifts = next();
      interpolateInto(
        axis,
        spectrum,
        axis.map((value, j) => value - shifts[j]),
        out,
      );
    });
  },
});
