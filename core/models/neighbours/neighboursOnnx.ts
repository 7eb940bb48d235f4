import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { distanceOf, type Distance } from '#core/models/neighbours/distances.ts';
import type { NeighbourParams, NeighbourState } from '#core/models/neighbours/nearestNeighbours.ts';

/** Names in a graph: the numbers of the nearest training samples and their weights, both n × k. */
export interface NeighbourhoodOnnx {
  readonly nearest: string;
  readonly weights: string;
}

/** Writes the search into a graph. */
export function neighboursOnnx(
  graph: OnnxGraph,
  input: OnnxValue,
  state: NeighbourState,
  params: NeighbourParams,
): NeighbourhoodOnnx {
  const distance = distanceOf(params.metric, params.p);
  const k = graph.integers([params.n_neighbors]);
  const spectra = distance.kind === 'cosine' ? unitLength(graph, input.name) : input.name;
  const angular = distance.kind === 'euclidean' || distance.kind === 'sqeuclidean' || distance.kind === 'cosine';
  if (!angular) {
    const all = pairDistances(graph, distance, spectra, graph.constant(state.known, [1, state.y.length, input.cols]));
    const [smallest, nearest] = graph.nodes('TopK', [all, k], 2, { axis: 1, largest: 0, sorted: 1 });
    return { nearest, weights: weightsOf(graph, params, smallest) };
  }
  // Products find the neighbours quickly but lose the digits of small distances: those are computed again, directly.
  const nearest = nearestByProducts(graph, spectra, state, input.cols, k);
  const rows = graph.node('Gather', [graph.constant(state.known, [state.y.length, input.cols]), nearest], { axis: 0 });
  return { nearest, weights: weightsOf(graph, params, pairDistances(graph, distance, spectra, rows)) };
}

/** Neighbours by |v|² − 2 u·v with both sides centred on the mean training spectrum, which keeps the numbers small. */
function nearestByProducts(
  graph: OnnxGraph,
  spectra: string,
  { known, y }: NeighbourState,
  p: number,
  k: string,
): string {
  const n = y.length;
  const centre = new Float64Array(p);
  for (let i = 0; i < known.length; i++) centre[i % p] += known[i] / n;
  const transposed = new Float64Array(p * n);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < p; j++) {
      const value = known[i * p + j] - centre[j];
      transposed[j * n + i] = -2 * value;
      squares[i] += value * value;
    }
  const centred = graph.node('Sub', [spectra, graph.constant(centre, [1, p])]);
  const products = graph.node('MatMul', [centred, graph.constant(transposed, [p, n])]);
  const scores = graph.node('Add', [products, graph.constant(squares, [1, n])]);
  const [, nearest] = graph.nodes('TopK', [scores, k], 2, { axis: 1, largest: 0, sorted: 1 });
  return nearest;
}

/** Distances of every spectrum (n × p) to rows (n × k × p, or 1 × m × p for all): n × k. */
function pairDistances(graph: OnnxGraph, { kind, p }: Distance, spectra: string, rows: string): string {
  const one = graph.node('Unsqueeze', [spectra, graph.integers([1])]);
  const difference = graph.node('Sub', [one, rows]);
  const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
  const sum = (terms: string): string => graph.node('ReduceSum', [terms, graph.integers([2])], { keepdims: 0 });
  const squares = (): string => sum(graph.node('Mul', [difference, difference]));
  const absolute = (): string => graph.node('Abs', [difference]);
  switch (kind) {
    case 'euclidean':
      return graph.node('Sqrt', [squares()]);
    case 'sqeuclidean':
      return squares();
    case 'cosine':
      return graph.node('Div', [squares(), scalar(2)]);
    case 'manhattan':
      return sum(absolute());
    case 'chebyshev':
      return graph.node('ReduceMax', [absolute()], { axes: [2], keepdims: 0 });
    case 'minkowski':
      return graph.node('Pow', [sum(graph.node('Pow', [absolute(), scalar(p)])), scalar(1 / p)]);
  }
}

function unitLength(graph: OnnxGraph, spectra: string): string {
  const squares = graph.node('ReduceSum', [graph.node('Mul', [spectra, spectra]), graph.integers([1])], {
    keepdims: 1,
  });
  return graph.node('Div', [spectra, graph.node('Sqrt', [squares])]);
}

/** 1, or 1 / distance; where a distance is 0, only samples at distance 0 count. */
function weightsOf(graph: OnnxGraph, { weights }: NeighbourParams, distances: string): string {
  const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
  const isZero = graph.node('Cast', [graph.node('Equal', [distances, scalar(0)])], { to: DOUBLE });
  if (weights === 'uniform') return graph.node('Add', [graph.node('Mul', [isZero, scalar(0)]), scalar(1)]);
  const anyZero = graph.node('Greater', [graph.node('ReduceMax', [isZero], { axes: [1], keepdims: 1 }), scalar(0)]);
  return graph.node('Where', [anyZero, isZero, graph.node('Reciprocal', [distances])]);
}

/** ONNX's number for the type of doubles. */
const DOUBLE = 11;
