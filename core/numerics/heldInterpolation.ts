import type { Interpolation } from '#core/numerics/splineInterpolation.ts';

/**
 * Steps instead of curves, as SciPy's `interp1d`: `nearest` takes the closest known position (the lower one of two
 * that are equally close), `zero` the last known position before. `known` ascends.
 */
export function heldInterpolation(known: Float64Array, wanted: Float64Array, kind: 'nearest' | 'zero'): Interpolation {
  const last = known.length - 1;
  const source = Int32Array.from(wanted, (position) => {
    let j = 0;
    if (kind === 'zero') while (j < last && known[j + 1] <= position) j++;
    else while (j < last && (known[j] + known[j + 1]) / 2 < position) j++;
    return j;
  });
  return {
    interpolateInto(values, out) {
      for (let k = 0; k < source.length; k++) out[k] = values[source[k]];
    },
  };
}
