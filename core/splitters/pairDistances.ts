import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { rowDistance, type DistanceMetric } from '#core/splitters/rowDistance.ts';

/** All distances between n samples. */
export interface PairDistances {
  readonly n: number;
  at(i: number, k: number): number;
}

/**
 * Distances between spectra divided by the largest one, plus, with `y`, distances between targets divided by the largest
 * one: the joint distance of SPXY (Galvão et al. 2005). Keeps n(n − 1)/2 numbers: above 16 000 samples it throws
 * `numerics.parameter`.
 *
 * @param y null: spectra alone
 */
export function pairDistances(
  operator: string,
  x: Matrix,
  metric: DistanceMetric,
  y: { readonly values: Float64Array; readonly metric: TargetMetric } | null,
  cancel: CancelToken,
): PairDistances {
  const n = x.rows;
  if (n > MOST_SAMPLES)
    throw new EngineError('numerics.parameter', {
      operator,
      parameter: 'the training set',
      problem: `has ${n} samples, but distances of all pairs are kept for at most ${MOST_SAMPLES}. Use ShuffleSplit or KFold.`,
    });
  const between = rowDistance(metric);
  const all = scaled(n, (i, k) => between(x, i, x, k), cancel);
  if (y !== null) {
    const gap = targetDistance(y.metric);
    scaled(n, (i, k) => gap(y.values[i], y.values[k]), cancel).forEach((value, at) => (all[at] += value));
  }
  return { n, at: (i, k) => (i === k ? 0 : all[placeOf(n, Math.min(i, k), Math.max(i, k))]) };
}

/** Distances between targets; `hamming` is 1 between different values (classes). */
export const targetMetrics = ['euclidean', 'cityblock', 'chebyshev', 'sqeuclidean', 'hamming'] as const;
export type TargetMetric = (typeof targetMetrics)[number];

function targetDistance(metric: TargetMetric): (a: number, b: number) => number {
  switch (metric) {
    case 'hamming':
      return (a, b) => (a === b ? 0 : 1);
    case 'sqeuclidean':
      return (a, b) => (a - b) ** 2;
    case 'euclidean':
    case 'cityblock':
    case 'chebyshev':
      return (a, b) => Math.abs(a - b); // one target: these are the same
  }
}

/** The distances of all pairs i < k, row by row, divided by the largest unless all are 0. */
function scaled(n: number, distance: (i: number, k: number) => number, cancel: CancelToken): Float64Array {
  const all = new Float64Array((n * (n - 1)) / 2);
  let largest = 0;
  for (let i = 0, at = 0; i < n; i++) {
    cancel.check();
    for (let k = i + 1; k < n; k++, at++) {
      all[at] = distance(i, k);
      if (all[at] > largest) largest = all[at];
    }
  }
  if (largest > 0) for (let at = 0; at < all.length; at++) all[at] /= largest;
  return all;
}

const placeOf = (n: number, i: number, k: number): number => (i * (2 * n - i - 1)) / 2 + (k - i - 1);

/** 16 000 samples keep 1 GB of distances. */
const MOST_SAMPLES = 16_000;
