import { convolveInto } from '#core/numerics/convolveInto.ts';
import { edgeIndex } from '#core/numerics/edgeIndex.ts';

/**
 * One round of peak clipping (Morháč & Matoušek 2008, Applied Spectroscopy 62, 91–106): every value with `distance`
 * neighbours on both sides becomes the smaller of itself and the background that its neighbours suggest. Changes
 * `values`.
 *
 * @param order 2, 4, 6 or 8: the best of the central difference filters up to this order is the suggestion
 * @param smoothHalf values that stay are replaced by the mean over this many neighbours on both sides
 */
export function snipInto(distance: number, order: number, smoothHalf: number, values: Float64Array): void {
  const n = values.length;
  const stay = smoothHalf > 0 ? smoothed(values, smoothHalf) : values;
  const next = values.slice();
  for (let j = distance; j < n - distance; j++) {
    let background = -Infinity;
    for (const { degree, terms, divisor } of filters) {
      if (degree > order) break;
      let sum = 0;
      for (const [weight, part, of] of terms) {
        const away = Math.floor((part * distance) / of);
        sum += weight * (values[j - away] + values[j + away]);
      }
      background = Math.max(background, sum / divisor);
    }
    next[j] = values[j] > background ? background : stay[j];
  }
  values.set(next);
}

function smoothed(values: Float64Array, half: number): Float64Array {
  const n = values.length;
  const window = 2 * half + 1;
  const extended = Float64Array.from({ length: n + 2 * half }, (_, j) => values[edgeIndex(j - half, n, 'reflect')]);
  const out = new Float64Array(n);
  convolveInto(extended, new Float64Array(window).fill(1 / window), out);
  return out;
}

/** Weights for pairs of neighbours at a fraction (part / of) of the distance. */
const filters: readonly {
  readonly degree: number;
  readonly terms: readonly (readonly [weight: number, part: number, of: number])[];
  readonly divisor: number;
}[] = [
  { degree: 2, terms: [[1, 1, 1]], divisor: 2 },
  { degree: 4, terms: [[-1, 1, 1], [4, 1, 2]], divisor: 6 }, // prettier-ignore
  { degree: 6, terms: [[1, 1, 1], [-6, 2, 3], [15, 1, 3]], divisor: 20 }, // prettier-ignore
  { degree: 8, terms: [[-1, 1, 1], [8, 3, 4], [-28, 1, 2], [56, 1, 4]], divisor: 70 }, // prettier-ignore
];
