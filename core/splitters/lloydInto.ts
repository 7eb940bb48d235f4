import type { CancelToken } from '#core/base/cancellation.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { rowDistance } from '#core/splitters/rowDistance.ts';

/**
 * Lloyd's k-means iteration (1982, IEEE Transactions on Information Theory 28, 129–137), with the rules of scikit-learn's
 * `KMeans`: it ends when no sample changes its cluster, when the squared moves of the centres add up to no more than
 * 1e-4 of the mean variance, or after 300 rounds; a cluster without samples takes the sample farthest from its centre, and one that
 * so loses its only sample starts again from the mean of all (0).
 *
 * @param x n × p, columns centred
 * @param centres k × p, k ≤ n: the start, replaced by the result
 * @returns the sum of squared distances of the samples to their centres
 */
export function lloydInto(x: Matrix, cancel: CancelToken, centres: Matrix): number {
  const variance = x.data.reduce((sum, value) => sum + value * value, 0) / x.data.length;
  let label: Int32Array = new Int32Array(x.rows).fill(-1);
  for (let round = 0; round < LARGEST_ROUNDS; round++) {
    cancel.check();
    const next = nearestCentres(x, centres);
    const moved = moveInto(x, next, centres);
    const settled = next.every((k, i) => k === label[i]) || moved <= TOLERANCE * variance;
    label = next;
    if (settled) break;
  }
  return nearestCentres(x, centres).reduce((sum, k, i) => sum + squared(x, i, centres, k), 0);
}

const squared = rowDistance('sqeuclidean');

function nearestCentres(x: Matrix, centres: Matrix): Int32Array {
  return Int32Array.from({ length: x.rows }, (_, i) => {
    let best = 0;
    let least = Infinity;
    for (let k = 0; k < centres.rows; k++) {
      const d = squared(x, i, centres, k);
      if (d < least) [least, best] = [d, k];
    }
    return best;
  });
}

/** Replaces each centre by the mean of its samples; returns the sum of squared moves. */
function moveInto(x: Matrix, label: Int32Array, centres: Matrix): number {
  const owner = withoutEmpty(x, label, centres);
  const sums = zeros(centres.rows, x.cols);
  const counts = new Int32Array(centres.rows);
  owner.forEach((k, i) => {
    counts[k]++;
    for (let j = 0; j < x.cols; j++) sums.data[k * x.cols + j] += x.data[i * x.cols + j];
  });
  let moved = 0;
  for (let k = 0; k < centres.rows; k++)
    for (let j = 0, at = k * x.cols; j < x.cols; j++, at++) {
      const mean = counts[k] === 0 ? 0 : sums.data[at] / counts[k];
      moved += (mean - centres.data[at]) ** 2;
      centres.data[at] = mean;
    }
  return moved;
}

/** The clusters of the samples, after each empty cluster has taken one of the samples farthest from their centres. */
function withoutEmpty(x: Matrix, label: Int32Array, centres: Matrix): Int32Array {
  const empty = Array.from({ length: centres.rows }, (_, k) => k).filter((k) => !label.includes(k));
  if (empty.length === 0) return label;
  const distance = Float64Array.from(label, (k, i) => squared(x, i, centres, k));
  const far = [...distance.keys()].sort((a, b) => distance[b] - distance[a]);
  const owner = label.slice();
  empty.forEach((k, e) => (owner[far[e]] = k));
  return owner;
}

/** scikit-learn's `tol` and `max_iter`. */
const TOLERANCE = 1e-4;
const LARGEST_ROUNDS = 300;
