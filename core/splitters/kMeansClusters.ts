import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { lloydInto } from '#core/splitters/lloydInto.ts';
import { rowDistance } from '#core/splitters/rowDistance.ts';

/**
 * k-means: the best of `starts` runs, each from a greedy k-means++ start (Arthur & Vassilvitskii 2007, SODA, 1027–1035),
 * with the draws and the order of scikit-learn's `KMeans`.
 *
 * @param x n × p, n ≥ clusters
 * @returns centres, clusters × p, of x less its column means
 */
export function kMeansClusters(
  x: Matrix,
  clusters: number,
  starts: number,
  draws: RandomState,
  cancel: CancelToken,
): { centred: Matrix; centres: Matrix } {
  const centred = standardiseColumns(x, columnMeans(x), null);
  let best: { centres: Matrix; inertia: number } | null = null;
  for (let start = 0; start < starts; start++) {
    const centres = takeRows(centred, spreadStarts(centred, clusters, draws, cancel));
    const inertia = lloydInto(centred, cancel, centres);
    if (best === null || inertia < best.inertia * SAME) best = { centres, inertia };
  }
  return { centred, centres: best === null ? zeros(0, x.cols) : best.centres };
}

/** Row numbers of the first centres: each is the best of a few draws with chances proportional to squared distance. */
function spreadStarts(x: Matrix, clusters: number, draws: RandomState, cancel: CancelToken): Int32Array {
  const trials = 2 + Math.floor(Math.log(clusters));
  const chosen = new Int32Array(clusters);
  chosen[0] = draws.interval(x.rows - 1);
  let nearest = distancesTo(x, chosen[0], null);
  for (let k = 1; k < clusters; k++) {
    cancel.check();
    const cumulative = new Float64Array(x.rows);
    let total = 0;
    for (let i = 0; i < x.rows; i++) cumulative[i] = total += nearest[i];
    const candidates = Array.from({ length: trials }, () => draws.random() * total).map((target) =>
      Math.min(firstAtLeast(cumulative, target), x.rows - 1),
    );
    let smallest = Infinity;
    let after = nearest;
    for (const candidate of candidates) {
      const distances = distancesTo(x, candidate, nearest);
      const potential = distances.reduce((sum, value) => sum + value, 0);
      if (potential < smallest) [smallest, after, chosen[k]] = [potential, distances, candidate];
    }
    nearest = after;
  }
  return chosen;
}

const squared = rowDistance('sqeuclidean');

/** Squared distances to a row, no larger than `limits`. */
const distancesTo = (x: Matrix, row: number, limits: Float64Array | null): Float64Array =>
  Float64Array.from({ length: x.rows }, (_, i) => Math.min(squared(x, i, x, row), limits?.[i] ?? Infinity));

function firstAtLeast(cumulative: Float64Array, target: number): number {
  let [low, high] = [0, cumulative.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A later start must be better by more than rounding. */
const SAME = 1 - 1e-12;
