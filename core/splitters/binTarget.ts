import { neverCancelled } from '#core/base/cancellation.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { lloydInto } from '#core/splitters/lloydInto.ts';
import { pairwiseSum } from '#core/splitters/pairwiseSum.ts';

export type BinStrategy = 'uniform' | 'quantile' | 'kmeans';

/**
 * Cuts a continuous target into ordered bins, as scikit-learn's `KBinsDiscretizer` with `encode="ordinal"`: `uniform`
 * makes bins of equal width, `quantile` of equal count, `kmeans` of values with the same nearest mean. Bins narrower than
 * 1e-8 are merged with their neighbour (quantile, kmeans), so that there may be fewer than asked.
 *
 * @param y finite values
 * @returns bin numbers 0 …, not necessarily all used
 */
export function binTarget(y: Float64Array, bins: number, strategy: BinStrategy): Int32Array {
  const low = y.reduce((a, b) => Math.min(a, b), Infinity);
  const high = y.reduce((a, b) => Math.max(a, b), -Infinity);
  if (low === high) return new Int32Array(y.length);
  const edges = edgesOf(y, low, high, bins, strategy);
  const kept = strategy === 'uniform' ? edges : edges.filter((edge, i) => i === 0 || edge - edges[i - 1] > NARROW);
  const inner = kept.slice(1, -1);
  return Int32Array.from(y, (value) => inner.reduce((bin, edge) => bin + (value >= edge ? 1 : 0), 0));
}

function edgesOf(y: Float64Array, low: number, high: number, bins: number, strategy: BinStrategy): Float64Array {
  switch (strategy) {
    case 'uniform':
      return spaced(low, high, bins);
    case 'quantile':
      return percentiles(y, spaced(0, 100, bins));
    case 'kmeans': {
      const means = meansOfClusters(y, spaced(low, high, bins));
      return Float64Array.from([low, ...means.slice(1).map((mean, k) => (mean + means[k]) / 2), high]);
    }
  }
}

/**
 * `numpy.percentile`, to the last bit: an edge often is a value of the data, and a rounding error would put that sample
 * in the other bin. Hence the order of the operations, and interpolation from the nearer neighbour.
 */
function percentiles(y: Float64Array, percents: Float64Array): Float64Array {
  const sorted = y.slice().sort();
  return percents.map((percent) => {
    const position = (percent / 100) * (sorted.length - 1);
    const below = Math.floor(position);
    const [a, b] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
    const t = position - below;
    return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
  });
}

/** bins + 1 values from low to high, as `numpy.linspace`. */
function spaced(low: number, high: number, bins: number): Float64Array {
  const step = (high - low) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : k * step + low));
}

/** Means of one-dimensional k-means, from the middles of equal bins; ascending. */
function meansOfClusters(y: Float64Array, edges: Float64Array): Float64Array {
  const shift = pairwiseSum(y) / y.length;
  const centres = edges.slice(1).map((edge, k) => (edge + edges[k]) / 2 - shift);
  const column: Matrix = { rows: y.length, cols: 1, data: y.map((value) => value - shift) };
  lloydInto(column, neverCancelled, { rows: centres.length, cols: 1, data: centres });
  return centres.map((centre) => centre + shift).sort();
}

/** Narrower bins than this are merged, as in scikit-learn. */
const NARROW = 1e-8;
