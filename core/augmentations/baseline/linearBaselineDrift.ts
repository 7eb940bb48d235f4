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
import { axisValues } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';
import { mean } from '#core/numerics/mean.ts';

interface Params extends CompatibleParams {
  offset_range: Range;
  slope_range: Range;
  lambda_axis: number[] | null;
  variation_scope: 'sample' | 'batch';
}

/** A straight line added to each spectrum. */
export const linearBaselineDrift = defineAugmentation<Params>({
  id: 'LinearBaselineDrift',
  version: 1,
  title: 'Linear baseline drift',
  group: 'augment',
  summary: 'Adds a random offset and a random slope to each spectrum.',
  whenToUse: 'When baselines in use drift more than among the calibration samples.',
  whenNotToUse: 'When a detrend, a derivative or a baseline correction follows, which removes the line again.',
  references: ['Bjerrum, E. J., Glahder, M. & Skov, T. (2017) arXiv:1710.01927'],
  aliases: pythonNames('spectral', 'LinearBaselineDrift'),
  params: z.strictObject({
    offset_range: augmentationParameters.range(
      -0.1,
      0.1,
      'Offset',
      'Lowest and highest offset, in the unit of the spectra.',
    ),
    slope_range: augmentationParameters.range(
      -0.001,
      0.001,
      'Slope',
      'Lowest and highest slope: change of the signal per unit of the axis.',
    ),
    lambda_axis: augmentationParameters.lambdaAxis,
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const axis = axisValues('LinearBaselineDrift', params.lambda_axis, context.axis, input.x.cols);
    const centre = mean(axis);
    const next = perSpectrum(params.variation_scope, () => ({
      offset: uniform(random, params.offset_range),
      slope: uniform(random, params.slope_range),
    }));
    return augmentedRows(input, context, (spectrum, out) => {
      const { offset, slope } = next();
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] + (offset + slope * (axis[j] - centre));
    });
  },
});
