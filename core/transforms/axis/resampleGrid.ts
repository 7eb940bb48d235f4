import { EngineError } from '#core/base/errors.ts';
import type { Axis } from '#core/data/axis.ts';

export interface GridParameters {
  readonly target_wavelengths: readonly number[] | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly count: number | null;
  readonly num_samples: number | null;
}

/** Known and wanted positions of an interpolation, and the axis values of the wanted ones. */
export interface ResampleGrid {
  /** Strictly ascending or strictly descending. */
  readonly known: Float64Array;
  readonly wanted: Float64Array;
  readonly axis: Float64Array;
}

/**
 * Where the new channels lie: on listed axis values, on an even grid of axis values, or evenly over channel numbers
 * (`num_samples`, for which the axis is interpolated like a spectrum).
 */
export function resampleGrid(axis: Axis, params: GridParameters): ResampleGrid {
  const { target_wavelengths, from, to, count, num_samples } = params;
  const p = axis.values.length;
  if (num_samples !== null) {
    const wanted = evenly(0, p - 1, num_samples);
    const between = (position: number): number => {
      const j = Math.min(Math.floor(position), p - 2);
      return axis.values[j] + (position - j) * (axis.values[j + 1] - axis.values[j]);
    };
    return { known: Float64Array.from({ length: p }, (_, j) => j), wanted, axis: wanted.map(between) };
  }
  requireMonotone(axis.values);
  if (target_wavelengths !== null) {
    const wanted = Float64Array.from(target_wavelengths);
    return { known: axis.values, wanted, axis: wanted };
  }
  const wanted = evenly(from ?? axis.values[0], to ?? axis.values[p - 1], count ?? p);
  return { known: axis.values, wanted, axis: wanted };
}

/** As NumPy's `linspace`: the last value is exact. */
function evenly(first: number, last: number, count: number): Float64Array {
  const step = count > 1 ? (last - first) / (count - 1) : 0;
  const values = Float64Array.from({ length: count }, (_, k) => first + k * step);
  if (count > 1) values[count - 1] = last;
  return values;
}

function requireMonotone(values: Float64Array): void {
  const sign = Math.sign(values[1] - values[0]);
  for (let j = 1; j < values.length; j++)
    if (sign === 0 || Math.sign(values[j] - values[j - 1]) !== sign)
      throw new EngineError('numerics.parameter', {
        operator: 'Resample',
        parameter: 'the axis',
        problem: `does not run in one direction: ${values[j]} follows ${values[j - 1]}. Cut or sort the channels first.`,
      });
}
