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

interface Params extends CompatibleParams {
  degree: number;
  coeff_ranges: Range[] | null;
  lambda_axis: number[] | null;
  variation_scope: 'sample' | 'batch';
}

/** A curved baseline added to each spectrum. */
export const polynomialBaselineDrift = defineAugmentation<Params>({
  id: 'PolynomialBaselineDrift',
  version: 1,
  title: 'Polynomial baseline drift',
  group: 'augment',
  summary: 'Adds a random polynomial to each spectrum.',
  whenToUse: 'When baselines bend differently in use than among the calibration samples: scatter, fluorescence, cells.',
  whenNotToUse: 'When a baseline correction of the same degree follows, which removes the polynomial again.',
  references: ['Bjerrum, E. J., Glahder, M. & Skov, T. (2017) arXiv:1710.01927'],
  aliases: pythonNames('spectral', 'PolynomialBaselineDrift'),
  params: z
    .strictObject({
      degree: z
        .int()
        .min(0)
        .max(10)
        .default(3)
        .meta({ title: 'Degree', description: 'Highest power of the polynomial.' }),
      coeff_ranges: z
        .array(z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, 'must be [lowest, highest]'))
        .nullable()
        .default(null)
        .meta({
          title: 'Coefficients',
          description:
            'Lowest and highest coefficient of each power, from the constant on, for an axis scaled to −1 … 1. Empty: ±0.1 divided by the power and one more.',
        }),
      lambda_axis: augmentationParameters.lambdaAxis,
      variation_scope: augmentationParameters.scope,
      ...compatibleParameters,
    })
    .refine((p) => p.coeff_ranges === null || p.coeff_ranges.length > p.degree, {
      path: ['coeff_ranges'],
      message: 'must have one range for each power: the degree and one more',
    }),
  augment(input, params, context) {
    const random = drawsOf(params, context);
    const axis = axisValues('PolynomialBaselineDrift', params.lambda_axis, context.axis, input.x.cols);
    const [first, last] = [axis[0], axis[axis.length - 1]];
    const [low, high] = [Math.min(first, last), Math.max(first, last)];
    const scaled = axis.map((value) => (high === low ? 0 : (2 * (value - low)) / (high - low) - 1));
    const rangeOf = (power: number): Range => params.coeff_ranges?.[power] ?? [-0.1 / (power + 1), 0.1 / (power + 1)];
    const next = perSpectrum(params.variation_scope, () =>
      Float64Array.from({ length: params.degree + 1 }, (_, power) => uniform(random, rangeOf(power))),
    );
    return augmentedRows(input, context, (spectrum, out) => {
      const coefficients = next();
      for (let j = 0; j < out.length; j++)
        out[j] = spectrum[j] + coefficients.reduceRight((sum, coefficient) => sum * scaled[j] + coefficient, 0);
    });
  },
});
