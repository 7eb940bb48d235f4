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
import { smoothCurve } from '#core/augmentations/smoothCurve.ts';
import { axisValues } from '#core/augmentations/spectralAxis.ts';
import { defineAugmentation } from '#core/data/operator.ts';

interface Params extends CompatibleParams {
  n_control_points: number;
  gain_range: Range;
  lambda_axis: number[] | null;
  variation_scope: 'sample' | 'batch';
}

/** A gain that changes smoothly along the axis. */
export const smoothMagnitudeWarp = defineAugmentation<Params>({
  id: 'SmoothMagnitudeWarp',
  version: 1,
  title: 'Magnitude warp',
  group: 'augment',
  summary: 'Multiplies each spectrum by a random gain that changes smoothly along the axis.',
  whenToUse: 'When the response of instruments differs slowly along the axis: lamp, filter, detector.',
  whenNotToUse: 'When the ratio of far apart bands carries the information.',
  references: ['Um, T. T. et al. (2017) Proc. 19th ACM ICMI, 216–220. doi:10.1145/3136755.3136817'],
  aliases: pythonNames('spectral', 'SmoothMagnitudeWarp'),
  params: z.strictObject({
    n_control_points: z.int().min(2).max(100).default(5).meta({
      title: 'Control points',
      description: 'Places along the axis at which a gain is drawn; a smooth curve joins them.',
    }),
    gain_range: augmentationParameters.range(0.9, 1.1, 'Gain', 'Lowest and highest gain at a control point.'),
    lambda_axis: augmentationParameters.lambdaAxis,
    variation_scope: augmentationParameters.scope,
    ...compatibleParameters,
  }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const { n_control_points, gain_range } = params;
    const axis = axisValues('SmoothMagnitudeWarp', params.lambda_axis, context.axis, input.x.cols);
    const curve = smoothCurve(axis, n_control_points);
    const next = perSpectrum(params.variation_scope, () => {
      const changes = new Float64Array(axis.length);
      // The curve of the difference from 1, so that a gain of 1 leaves every digit as it is.
      curve.interpolateInto(
        Float64Array.from({ length: n_control_points }, () => uniform(random, gain_range) - 1),
        changes,
      );
      return changes;
    });
    return augmentedRows(input, context, (spectrum, out) => {
      const changes = next();
      for (let j = 0; j < out.length; j++) out[j] = spectrum[j] * (1 + changes[j]);
    });
  },
});
