import { edgeIndex } from '#core/numerics/edgeIndex.ts';
import { gaussianKernel } from '#core/numerics/gaussianKernel.ts';

/**
 * Gaussian smoothing of one curve.
 *
 * @param sigma standard deviation in channels; 0 changes nothing
 * @param radius channels on each side that take part
 * @param edge how the curve goes on beyond its ends (see edgeIndex)
 */
export function smoothInto(
  values: Float64Array,
  sigma: number,
  radius: number,
  edge: 'mirror' | 'reflect',
  out: Float64Array,
): void {
  if (sigma === 0 || radius === 0) {
    out.set(values);
    return;
  }
  const weights = gaussianKernel(sigma, 0, radius);
  const n = values.length;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += weights[k + radius] * values[edgeIndex(j + k, n, edge)];
    out[j] = sum;
  }
}

/** Channels on each side of a kernel that is `width` wide; an even width counts as the next odd one. */
export const radiusOf = (width: number): number => width >> 1;
