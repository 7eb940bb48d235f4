import { z } from 'zod';
import { defineFilter, type State } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { finiteRows } from '#core/filters/finiteRows.ts';
import {
  stackedAxes,
  whitenedDistances,
  withinLimit,
  type WhitenedForm,
} from '#core/filters/outliers/whitenedDistance.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { mean } from '#core/numerics/mean.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

interface Params {
  method: 'hat' | 'pca';
  threshold_multiplier: number;
  absolute_threshold: number | null;
  n_components: number | null;
  center: boolean;
  reason: string | null;
  tag_name: string | null;
  random_state: number | null;
}

/** Removes samples of high leverage, as nirs4all's `HighLeverageFilter`. */
export const highLeverageFilter = defineFilter<Params, WhitenedForm & State & { readonly limit: number }>({
  id: 'HighLeverageFilter',
  version: 1,
  title: 'High leverage',
  group: 'filter',
  summary: 'Finds samples whose spectrum pulls a regression strongly towards itself.',
  whenToUse: 'To find single samples that decide a calibration, before you trust its coefficients.',
  whenNotToUse: 'To remove them without a look: extreme but correct samples make a calibration wide.',
  references: [
    'Hoaglin, D. C. & Welsch, R. E. (1978) The American Statistician 32, 17–22. doi:10.1080/00031305.1978.10479237',
  ],
  aliases: [
    'LeverageFilter',
    'nirs4all.operators.filters.HighLeverageFilter',
    'nirs4all.operators.filters.high_leverage.HighLeverageFilter',
  ],
  needsTarget: false,
  params: z.strictObject({
    method: z.enum(['hat', 'pca']).default('hat').meta({
      title: 'Method',
      description:
        'hat: diagonal of the hat matrix of all channels; pca: that of principal component scores. With as many channels as samples or more, hat is pca.',
    }),
    threshold_multiplier: z.number().positive().default(2).meta({
      title: 'Threshold',
      description: 'Samples above this multiple of the mean leverage are removed.',
    }),
    absolute_threshold: z.number().positive().lt(1).nullable().default(null).meta({
      title: 'Absolute threshold',
      description: 'Largest leverage kept, between 0 and 1. Empty: the multiple of the mean.',
    }),
    n_components: filterParameters.components.meta({
      title: 'Principal components',
      description: 'With pca. Empty: 50, or one less than there are samples.',
    }),
    center: z.boolean().default(true).meta({
      title: 'Centre',
      description: 'Subtract the mean spectrum first. pca always does.',
    }),
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
    random_state: filterParameters.seed.meta({
      title: 'Seed',
      description: 'Accepted for compatibility and not used: nothing is drawn at random.',
      unused: true,
    }),
  }),
  fit({ x }, params, { cancel }) {
    const spectra = finiteRows('HighLeverageFilter', x, 3);
    const { rows, cols } = spectra;
    const pca = params.method === 'pca' || cols >= rows;
    const centre = pca || params.center ? columnMeans(spectra) : new Float64Array(cols);
    const count = pca ? Math.min(params.n_components ?? 50, rows - 1, cols) : cols;
    const { s, v } = leadingSingularVectors(standardiseColumns(spectra, centre, null), count, cancel);
    // A trace of ridge, as in nirs4all: directions of rounding size have no leverage.
    const ridge = (RIDGE * s.reduce((sum, value) => sum + value * value, 0)) / Math.max(1, count);
    const axes = stackedAxes(v.map((axis, k) => axis.map((value) => value / Math.sqrt(s[k] * s[k] + ridge))));
    const limit =
      params.absolute_threshold ?? params.threshold_multiplier * mean(whitenedDistances(spectra, { centre, axes }));
    return { centre, axes, limit };
  },
  keep: ({ x }, state) => withinLimit(whitenedDistances(x, state), state.limit),
});

const RIDGE = 1e-10;
