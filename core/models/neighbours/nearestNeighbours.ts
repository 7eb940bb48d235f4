import { EngineError } from '#core/base/errors.ts';
import type { FitContext } from '#core/data/operator.ts';
import { comparable, distanceOf, distancesInto, type MetricName } from '#core/models/neighbours/distances.ts';
import { checkChannels, checkTraining } from '#core/models/trees/checkTraining.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';

export interface NeighbourParams {
  readonly n_neighbors: number;
  readonly weights: 'uniform' | 'distance';
  readonly metric: MetricName;
  readonly p: number;
}

/** The training samples: spectra in comparable form and targets. */
export interface NeighbourState extends Readonly<Record<string, Float64Array | number>> {
  /** n × channels, row-major. */
  readonly known: Float64Array;
  readonly y: Float64Array;
  readonly channels: number;
  /** K in classification, 0 in regression. */
  readonly classCount: number;
}

export function fitNeighbours(
  operator: string,
  x: Matrix,
  y: Float64Array,
  params: NeighbourParams,
  context: FitContext,
): NeighbourState {
  checkTraining(operator, x, y);
  if (x.rows < params.n_neighbors)
    throw new EngineError('numerics.too-few', {
      operator,
      what: 'training samples, one for each neighbour',
      needed: params.n_neighbors,
      found: x.rows,
    });
  context.cancel.check();
  const known = comparable(distanceOf(params.metric, params.p), x).data.slice();
  context.cancel.check();
  return { known, y: y.slice(), channels: x.cols, classCount: context.classCount };
}

/**
 * Calls `use` with the row numbers of the k nearest training samples of each spectrum, nearest first and of equals the
 * first in the training table, and with their weights. Not called for a spectrum with a missing value.
 */
export function eachNeighbourhood(
  operator: string,
  x: Matrix,
  state: NeighbourState,
  params: NeighbourParams,
  use: (row: number, nearest: Int32Array, weights: Float64Array) => void,
): void {
  checkChannels(operator, x, state.channels);
  const distance = distanceOf(params.metric, params.p);
  const known = matrix(state.y.length, state.channels, state.known);
  const spectra = comparable(distance, x);
  const k = params.n_neighbors;
  const distances = new Float64Array(known.rows);
  const nearest = new Int32Array(k);
  const weights = new Float64Array(k);
  for (let i = 0; i < x.rows; i++) {
    distancesInto(distance, spectra, i, known, distances);
    if (nearestInto(distances, nearest) < k) continue;
    weightsInto(params.weights, distances, nearest, weights);
    use(i, nearest, weights);
  }
}

/** The positions of the smallest distances in ascending order; returns how many are numbers. */
function nearestInto(distances: Float64Array, nearest: Int32Array): number {
  let found = 0;
  for (let i = 0; i < distances.length; i++) {
    const d = distances[i];
    if (Number.isNaN(d)) continue;
    if (found === nearest.length && !(d < distances[nearest[found - 1]])) continue;
    let at = found < nearest.length ? found++ : found - 1;
    while (at > 0 && d < distances[nearest[at - 1]]) {
      nearest[at] = nearest[at - 1];
      at -= 1;
    }
    nearest[at] = i;
  }
  return found;
}

/** 1, or 1 / distance; where a distance is 0, only samples at distance 0 count. */
function weightsInto(
  rule: NeighbourParams['weights'],
  distances: Float64Array,
  nearest: Int32Array,
  weights: Float64Array,
): void {
  if (rule === 'uniform') weights.fill(1);
  else if (distances[nearest[0]] === 0)
    for (let k = 0; k < nearest.length; k++) weights[k] = distances[nearest[k]] === 0 ? 1 : 0;
  else for (let k = 0; k < nearest.length; k++) weights[k] = 1 / distances[nearest[k]];
}
