import type { CancelToken } from '#core/base/cancellation.ts';
import type { State } from '#core/data/operator.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

export type NeighbourMetric = 'minkowski' | 'euclidean' | 'manhattan' | 'chebyshev';

export interface NeighbourOptions {
  readonly neighbours: number;
  readonly metric: NeighbourMetric;
  /** Power of the Minkowski distance. */
  readonly p: number;
}

/** Training spectra with what their neighbours say of them. */
export interface LocalDensities extends State {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
  /** Distance of each training spectrum to its k-th neighbour. */
  readonly reach: Float64Array;
  /** Local reachability density of each training spectrum. */
  readonly density: Float64Array;
  /** Factor of each training spectrum, judged by the others. */
  readonly factor: Float64Array;
}

/**
 * Local outlier factors of training spectra (Breunig, Kriegel, Ng & Sander 2000, SIGMOD Record 29(2), 93–104), with the
 * numbers of scikit-learn's `LocalOutlierFactor`: how much thinner the neighbourhood of a spectrum is than those of its
 * neighbours. About 1 for inliers. Takes n² distances.
 *
 * @param x n × p without missing values, n > neighbours
 */
export function fitLocalDensities(x: Matrix, options: NeighbourOptions, cancel: CancelToken): LocalDensities {
  const distance = between(options);
  const near = Array.from({ length: x.rows }, (_, i) => {
    cancel.check();
    return nearest(x, rowOf(x, i), distance, options.neighbours, i);
  });
  const reach = Float64Array.from(near, (list) => list[list.length - 1].distance);
  const density = Float64Array.from(near, (list) => densityOf(list, reach));
  const factor = Float64Array.from(near, (list, i) => factorOf(list, density, density[i]));
  return { rows: x.rows, cols: x.cols, data: x.data.slice(), reach, density, factor };
}

/**
 * The factor of each row. A spectrum that is one of the training spectra has the factor that it has among the others;
 * any other one is judged by its nearest training spectra. NaN for a row with a missing value.
 */
export function localOutlierFactors(x: Matrix, known: LocalDensities, options: NeighbourOptions): Float64Array {
  const distance = between(options);
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const spectrum = rowOf(x, i);
    if (!spectrum.every(Number.isFinite)) return NaN;
    const near = nearest(known, spectrum, distance, options.neighbours, -1);
    if (near[0].distance === 0) return known.factor[near[0].row];
    return factorOf(near, known.density, densityOf(near, known.reach));
  });
}

interface Neighbour {
  readonly row: number;
  readonly distance: number;
}

/** The `count` nearest rows, nearest first, without row `self`. */
function nearest(
  x: Matrix,
  spectrum: Float64Array,
  distance: (a: Float64Array, b: Float64Array) => number,
  count: number,
  self: number,
): Neighbour[] {
  const all: Neighbour[] = [];
  for (let row = 0; row < x.rows; row++)
    if (row !== self) all.push({ row, distance: distance(spectrum, rowOf(x, row)) });
  return all.sort((a, b) => a.distance - b.distance).slice(0, count);
}

function densityOf(near: readonly Neighbour[], reach: Float64Array): number {
  const sum = near.reduce((total, { row, distance }) => total + Math.max(distance, reach[row]), 0);
  return 1 / (sum / near.length + SMALLEST);
}

const factorOf = (near: readonly Neighbour[], density: Float64Array, own: number): number =>
  near.reduce((total, { row }) => total + density[row], 0) / near.length / own;

function between({ metric, p }: NeighbourOptions): (a: Float64Array, b: Float64Array) => number {
  const power = metric === 'manhattan' ? 1 : metric === 'euclidean' ? 2 : metric === 'chebyshev' ? Infinity : p;
  return (a, b) => {
    let sum = 0;
    for (let j = 0; j < a.length; j++) {
      const d = Math.abs(a[j] - b[j]);
      if (power === 2) sum += d * d;
      else if (power === 1) sum += d;
      else if (power === Infinity) sum = Math.max(sum, d);
      else sum += d ** power;
    }
    return power === 2 ? Math.sqrt(sum) : power === 1 || power === Infinity ? sum : sum ** (1 / power);
  };
}

/** Keeps densities of repeated spectra finite, as in scikit-learn. */
const SMALLEST = 1e-10;
