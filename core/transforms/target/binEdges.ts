import { mean } from '#core/numerics/mean.ts';
import { quantile } from '#core/numerics/quantile.ts';

export type BinStrategy = 'uniform' | 'quantile' | 'kmeans';

/**
 * Edges of bins of a column that is not constant, the outer ones included, as scikit-learn's KBinsDiscretizer: equal
 * widths, equal counts (edges that coincide are merged), or halfway between the centres of a one-dimensional k-means.
 */
export function binEdges(values: Float64Array, bins: number, strategy: BinStrategy): Float64Array {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const even = Float64Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : low + (k * (high - low)) / bins));
  switch (strategy) {
    case 'uniform':
      return even;
    case 'quantile': {
      const edges = even.map((_, k) => quantile(values, k / bins));
      return merged(edges);
    }
    case 'kmeans': {
      const start = Float64Array.from({ length: bins }, (_, k) => (even[k] + even[k + 1]) / 2);
      const centres = clusterCentres(values, start).sort();
      const between = centres.slice(1).map((centre, k) => (centres[k] + centre) / 2);
      return merged(Float64Array.of(low, ...between, high));
    }
  }
}

/** Bins narrower than this are no bins. */
const NARROWEST = 1e-8;
const merged = (edges: Float64Array): Float64Array =>
  edges.filter((edge, k) => k === 0 || edge - edges[k - 1] > NARROWEST);

/** Lloyd's iterations with scikit-learn's rules for the end and for empty clusters. */
function clusterCentres(raw: Float64Array, start: Float64Array): Float64Array {
  const middle = mean(raw);
  const values = raw.map((value) => value - middle);
  let centres: Float64Array = start.map((value) => value - middle);
  const tolerance = 1e-4 * mean(values.map((value) => value * value));
  let labels: Int32Array | null = null;
  for (let round = 0; round < 300; round++) {
    const now = Int32Array.from(values, (value) => nearest(value, centres));
    const next = centresOf(values, now, centres);
    const shift = next.reduce((sum, centre, k) => sum + (centre - centres[k]) ** 2, 0);
    centres = next;
    const before = labels;
    if (before?.every((label, i) => label === now[i]) === true || shift <= tolerance) break;
    labels = now;
  }
  return centres.map((centre) => centre + middle);
}

function nearest(value: number, centres: Float64Array): number {
  let best = 0;
  for (let k = 1; k < centres.length; k++) if (Math.abs(value - centres[k]) < Math.abs(value - centres[best])) best = k;
  return best;
}

/** Means of the clusters; an empty cluster takes over the value that is farthest from its own centre. */
function centresOf(values: Float64Array, labels: Int32Array, centres: Float64Array): Float64Array {
  const sums = new Float64Array(centres.length);
  const counts = new Float64Array(centres.length);
  values.forEach((value, i) => {
    sums[labels[i]] += value;
    counts[labels[i]] += 1;
  });
  const distance = values.map((value, i) => (value - centres[labels[i]]) ** 2);
  const farthest = [...values.keys()].sort((a, b) => distance[b] - distance[a]);
  const empty = [...counts.keys()].filter((k) => counts[k] === 0);
  empty.forEach((k, turn) => {
    const i = farthest[turn];
    sums[labels[i]] -= values[i];
    counts[labels[i]] -= 1;
    sums[k] = values[i];
    counts[k] = 1;
  });
  return sums.map((sum, k) => (counts[k] > 0 ? sum / counts[k] : centres[k]));
}
