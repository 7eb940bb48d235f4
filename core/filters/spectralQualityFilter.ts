import { z } from 'zod';
import { defineFilter } from '#core/data/operator.ts';
import { filterParameters } from '#core/filters/filterParameters.ts';
import { rowOf } from '#core/numerics/matrix.ts';

interface Params {
  max_nan_ratio: number;
  max_zero_ratio: number;
  min_variance: number;
  max_value: number | null;
  min_value: number | null;
  check_inf: boolean;
  reason: string | null;
  tag_name: string | null;
}

/** Removes spectra that are broken, flat or saturated, by fixed limits, as nirs4all's `SpectralQualityFilter`. */
export const spectralQualityFilter = defineFilter<Params, Record<string, never>>({
  id: 'SpectralQualityFilter',
  version: 1,
  title: 'Spectral quality',
  group: 'filter',
  summary: 'Finds spectra with missing values, zeros, no variation or values outside a range.',
  whenToUse: 'First of all, on raw spectra: to find failed and saturated measurements.',
  whenNotToUse: 'After scaling or derivatives, where zeros and small variances are normal.',
  references: ['Burns, D. A. & Ciurczak, E. W. (2007) Handbook of Near-Infrared Analysis, 3rd ed., CRC Press, ch. 8'],
  aliases: [
    'nirs4all.operators.filters.SpectralQualityFilter',
    'nirs4all.operators.filters.spectral_quality.SpectralQualityFilter',
  ],
  needsTarget: false,
  params: z.strictObject({
    max_nan_ratio: z.number().min(0).max(1).default(0.1).meta({
      title: 'Missing values',
      description: 'Largest share of missing values kept.',
    }),
    max_zero_ratio: z.number().min(0).max(1).default(0.5).meta({
      title: 'Zeros',
      description: 'Largest share of zeros kept.',
    }),
    min_variance: z.number().min(0).default(1e-8).meta({
      title: 'Variance',
      description: 'Smallest variance over the channels kept, in squared units of the spectra.',
    }),
    max_value: z.number().nullable().default(null).meta({
      title: 'Largest value',
      description: 'Spectra with a larger value are removed (saturation). Empty: no limit.',
    }),
    min_value: z.number().nullable().default(null).meta({
      title: 'Smallest value',
      description: 'Spectra with a smaller value are removed. Empty: no limit.',
    }),
    check_inf: z.boolean().default(true).meta({
      title: 'Infinite values',
      description: 'Remove spectra with an infinite value.',
    }),
    reason: filterParameters.reason,
    tag_name: filterParameters.tag_name,
  }),
  fit: () => ({}),
  keep: ({ x }, _, params) => Uint8Array.from({ length: x.rows }, (__, i) => (isSound(rowOf(x, i), params) ? 1 : 0)),
});

function isSound(spectrum: Float64Array, params: Params): boolean {
  const known = spectrum.filter((value) => !Number.isNaN(value));
  const n = spectrum.length;
  if (n - known.length > params.max_nan_ratio * n || known.length === 0) return false;
  if (params.check_inf && !known.every(Number.isFinite)) return false;
  if (known.filter((value) => value === 0).length > params.max_zero_ratio * n) return false;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  // Written so that the variance of a spectrum with an infinite value, NaN, fails.
  if (!(variance >= params.min_variance)) return false;
  return known.every((value) => value <= (params.max_value ?? Infinity) && value >= (params.min_value ?? -Infinity));
}
