import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineFilter } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { mean } from '#core/numerics/mean.ts';
import { median } from '#core/numerics/median.ts';
import { quantile } from '#core/numerics/quantile.ts';

interface Params {
  method: 'iqr' | 'zscore' | 'percentile' | 'mad';
  threshold: number;
  lower_percentile: number;
  upper_percentile: number;
  reason: string | null;
  tag_name: string | null;
}
/** Values outside are removed. */
interface Bounds extends Record<string, number> {
  lower: number;
  upper: number;
}

/** Removes samples with extreme reference values, as nirs4all's `YOutlierFilter`. */
export const yOutlierFilter = defineFilter<Params, Bounds>({
  id: 'YOutlierFilter',
  version: 1,
  title: 'Target outliers',
  group: 'filter',
  summary: 'Finds samples whose reference value lies far from the others.',
  whenToUse: 'To find typing errors and mixed-up samples among reference values.',
  whenNotToUse:
    'When extreme values are real: they anchor the calibration. Look at each one before you exclude it; the error of the rest looks better than it is.',
  references: [
    'Tukey, J. W. (1977) Exploratory Data Analysis, Addison-Wesley, ch. 2',
    'Iglewicz, B. & Hoaglin, D. C. (1993) How to Detect and Handle Outliers, ASQC',
  ],
  aliases: [
    'nirs4all.operators.filters.YOutlierFilter',
    'nirs4all.operators.YOutlierFilter',
    'nirs4all.operators.filters.y_outlier.YOutlierFilter',
  ],
  needsTarget: true,
  params: z
    .strictObject({
      method: z.enum(['iqr', 'zscore', 'percentile', 'mad']).default('iqr').meta({
        title: 'Method',
        description:
          'iqr: quartiles ± threshold · (Q3 − Q1); zscore: mean ± threshold standard deviations; percentile: the two percentiles; mad: median ± threshold · 1.4826 · median deviation.',
      }),
      threshold: z.number().positive().default(1.5).meta({
        title: 'Threshold',
        description: 'Width of the limits; usual are 1.5 for iqr, 3 for zscore and 3.5 for mad. Not for percentile.',
      }),
      lower_percentile: z
        .number()
        .min(0)
        .max(100)
        .default(1)
        .meta({ title: 'Lower percentile', description: 'With percentile: smaller values are removed.', unit: '%' }),
      upper_percentile: z
        .number()
        .min(0)
        .max(100)
        .default(99)
        .meta({ title: 'Upper percentile', description: 'With percentile: larger values are removed.', unit: '%' }),
      reason: filterParameters.reason,
      tag_name: filterParameters.tag_name,
    })
    .refine((p) => p.lower_percentile < p.upper_percentile, {
      path: ['upper_percentile'],
      message: 'must be larger than the lower percentile',
    }),
  fit({ y }, params) {
    const values = (y ?? new Float64Array(0)).filter(Number.isFinite);
    if (values.length === 0)
      throw new EngineError('numerics.too-few', {
        operator: 'YOutlierFilter',
        what: 'training samples with a target value',
        needed: 1,
        found: 0,
      });
    return boundsOf(values, params);
  },
  keep({ y, x }, { lower, upper }) {
    if (y === null)
      throw new EngineError('numerics.parameter', {
        operator: 'YOutlierFilter',
        parameter: 'the target',
        problem: 'is missing: samples without reference values cannot be judged by them.',
      });
    return Uint8Array.from({ length: x.rows }, (_, i) => (y[i] >= lower && y[i] <= upper ? 1 : 0));
  },
});

function boundsOf(y: Float64Array, { method, threshold, lower_percentile, upper_percentile }: Params): Bounds {
  switch (method) {
    case 'iqr': {
      const [q1, q3] = [quantile(y, 0.25), quantile(y, 0.75)];
      return { lower: q1 - threshold * (q3 - q1), upper: q3 + threshold * (q3 - q1) };
    }
    case 'percentile':
      return { lower: quantile(y, lower_percentile / 100), upper: quantile(y, upper_percentile / 100) };
    case 'zscore': {
      const centre = mean(y);
      return around(centre, threshold, Math.sqrt(mean(y.map((value) => (value - centre) ** 2))));
    }
    case 'mad': {
      const centre = median(y);
      return around(centre, threshold, MAD_TO_DEVIATION * median(y.map((value) => Math.abs(value - centre))));
    }
  }
}

/** When the values do not vary, those equal to the centre up to rounding stay. */
const around = (centre: number, threshold: number, scale: number): Bounds => {
  const width = scale === 0 ? 1e-10 : threshold * scale;
  return { lower: centre - width, upper: centre + width };
};

/** Standard deviation of normal data in units of their median absolute deviation, in the usual four decimals. */
const MAD_TO_DEVIATION = 1.4826;
