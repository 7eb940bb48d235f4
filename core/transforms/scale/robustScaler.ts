import { z } from 'zod';
import { defineTransform } from '#core/data/operator.ts';
import { columnOf } from '#core/numerics/matrix.ts';
import { normalQuantile } from '#core/numerics/normalQuantile.ts';
import { quantile } from '#core/numerics/quantile.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { affineColumns, type AffineColumns } from '#core/transforms/scale/affineColumns.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  with_centering: boolean;
  with_scaling: boolean;
  quantile_range: [number, number];
  unit_variance: boolean;
  copy: boolean;
}

/** Each column minus its training median, divided by the distance between two training quantiles. */
export const robustScaler = defineTransform<Params, AffineColumns>({
  id: 'RobustScaler',
  version: 1,
  title: 'Robust scaler',
  group: 'scale',
  summary: 'Centres each channel on its training median and divides it by its training interquartile range.',
  whenToUse: 'Before models that weigh channels by their size, when some samples are outliers.',
  whenNotToUse: 'On raw spectra with noisy flat regions, and on data without outliers, where it is less exact.',
  references: ['Huber, P. J. & Ronchetti, E. M. (2009) Robust Statistics, 2nd ed. doi:10.1002/9780470434697'],
  aliases: ['Robust', 'sklearn.preprocessing.RobustScaler', 'sklearn.preprocessing._data.RobustScaler'],
  params: z
    .strictObject({
      with_centering: z.boolean().default(true).meta({ title: 'Centre', description: 'Subtract the median.' }),
      with_scaling: z.boolean().default(true).meta({
        title: 'Scale',
        description: 'Divide by the distance between the two quantiles. A column without any divides by 1.',
      }),
      quantile_range: z
        .tuple([z.number().min(0).max(100), z.number().min(0).max(100)])
        .refine(([low, high]) => low < high, 'must be two percentages, the smaller one first')
        .default([25, 75])
        .meta({ title: 'Quantiles', description: 'The two quantiles, in percent.' }),
      unit_variance: z.boolean().default(false).meta({
        title: 'Unit variance',
        description:
          'Scale so that normally distributed values get a variance of 1. Needs quantiles other than 0 and 100.',
      }),
      copy: copyParameter,
    })
    .refine((p) => !p.unit_variance || (p.quantile_range[0] > 0 && p.quantile_range[1] < 100), {
      path: ['quantile_range'],
      message: 'must lie between 0 and 100, without the two, when the variance is to be 1',
    }),
  stateful: true,
  target: true,
  fit(x, { with_centering, with_scaling, quantile_range: [low, high], unit_variance }) {
    requireRows('RobustScaler', x, 1);
    const columns = Array.from({ length: x.cols }, (_, j) => columnOf(x, j));
    const adjust = unit_variance ? normalQuantile(high / 100) - normalQuantile(low / 100) : 1;
    const widths = Float64Array.from(columns, (column) => quantile(column, high / 100) - quantile(column, low / 100));
    return {
      shift: with_centering ? Float64Array.from(columns, (column) => quantile(column, 0.5)) : new Float64Array(x.cols),
      scale: with_scaling
        ? widths.map((width) => (width < NO_WIDTH ? 1 : width) / adjust)
        : new Float64Array(x.cols).fill(1),
      base: 0,
    };
  },
  ...affineColumns('RobustScaler'),
});

/** Below this a column counts as constant, as in scikit-learn. */
const NO_WIDTH = 10 * Number.EPSILON;
