import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { State } from '#core/data/operator.ts';
import { kernelNodes } from '#core/models/kernel/kernelNodes.ts';
import { kernelValue, usesDistance, type KernelSpec } from '#core/models/kernel/kernelSpec.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/** A machine for every pair of classes that have training samples: (0, 1), (0, 2), …, (1, 2), … of `present`. */
export interface PairVotes extends State {
  readonly classCount: number;
  /** Codes, increasing. */
  readonly present: Int32Array;
  readonly kernel: KernelSpec;
  /** Length p: taken off every spectrum before the kernel. */
  readonly centre: Float64Array;
  /** m × p: the support vectors of all pairs, without the centre. */
  readonly vectors: Float64Array;
  /** Pairs × m. */
  readonly weights: Float64Array;
  /** One a pair each: decision = weights · kernel − rho; share of the first class = logistic(slope · decision + offset). */
  readonly rho: Float64Array;
  readonly slopes: Float64Array;
  readonly offsets: Float64Array;
}

/** The pairs of `count` classes in their order. */
export const pairsOf = (count: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: count - 1 - i }, (__, k) => [i, i + 1 + k] as const),
  ).flat();

/** The class with the most pairs won, the first of equal ones, as LIBSVM. */
export const predictByVotes = (operator: string, x: Matrix, state: PairVotes): Float64Array =>
  argMaxRows(votesOf(decisionsOf(operator, x, state), state));

/**
 * The mean of a class's shares in its pairs (Hastie & Tibshirani 1998, Annals of Statistics 26, 451–471, first step).
 * Where a class that lost by votes has the largest mean, it changes places with the winner, so that the class predicted
 * is always the most probable one.
 */
export function probabilitiesByPairs(operator: string, x: Matrix, state: PairVotes): Matrix {
  const { classCount, present, slopes, offsets } = state;
  const decisions = decisionsOf(operator, x, state);
  const winners = argMaxRows(votesOf(decisions, state));
  const pairs = pairsOf(present.length);
  const out = zeros(x.rows, classCount);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(out, i);
    pairs.forEach(([a, b], m) => {
      const share = 1 / (1 + Math.exp(-(slopes[m] * decisions.data[i * pairs.length + m] + offsets[m])));
      row[present[a]] += share / pairs.length;
      row[present[b]] += (1 - share) / pairs.length;
    });
  }
  const largest = argMaxRows(out);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(out, i);
    if (winners[i] < 0) continue; // a missing value: all shares are NaN
    [row[winners[i]], row[largest[i]]] = [row[largest[i]], row[winners[i]]];
  }
  return out;
}

/** n × pairs. */
function decisionsOf(operator: string, x: Matrix, { kernel, centre, vectors, weights, rho }: PairVotes): Matrix {
  const p = centre.length;
  requireChannels(operator, x, p);
  const m = vectors.length / p;
  const moved = standardiseColumns(x, centre, null);
  const out = zeros(x.rows, rho.length);
  const values = new Float64Array(m);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(moved, i);
    for (let k = 0; k < m; k++) values[k] = kernelValue(kernel, row, vectors.subarray(k * p, (k + 1) * p));
    for (let k = 0; k < rho.length; k++)
      out.data[i * rho.length + k] = dot(weights.subarray(k * m, (k + 1) * m), values) - rho[k];
  }
  return out;
}

/** n × K; −1 for classes without training samples. */
function votesOf(decisions: Matrix, { classCount, present }: PairVotes): Matrix {
  const pairs = pairsOf(present.length);
  const out = zeros(decisions.rows, classCount);
  out.data.fill(-1);
  for (let i = 0; i < out.rows; i++) {
    const row = rowOf(out, i);
    for (const code of present) row[code] = 0;
    pairs.forEach(([a, b], m) => {
      const decision = decisions.data[i * pairs.length + m];
      if (Number.isNaN(decision)) row.fill(NaN);
      row[present[decision > 0 ? a : b]]++;
    });
  }
  return out;
}

/** The probabilities in a graph, n × K. */
export function pairVotesOnnx(graph: OnnxGraph, input: OnnxValue, state: PairVotes): OnnxValue {
  const { classCount, present, kernel, centre, vectors, weights, rho, slopes, offsets } = state;
  const p = centre.length;
  const m = vectors.length / p;
  const count = rho.length;
  const row = (values: Float64Array): string => graph.constant(values, [1, values.length]);
  const moved = graph.node('Sub', [input.name, row(centre)]);
  const values = kernelNodes(graph, moved, kernel, vectors, p, losesDigits(state)).values;
  const columns = Float64Array.from(weights, (_, at) => weights[(at % count) * m + Math.floor(at / count)]);
  const decisions = graph.node('Sub', [graph.node('MatMul', [values, graph.constant(columns, [m, count])]), row(rho)]);
  // A pair adds its share to the first class and the rest to the second: shares × signs + ones of the second classes.
  const signs = new Float64Array(count * classCount);
  const seconds = new Float64Array(classCount);
  pairsOf(present.length).forEach(([a, b], k) => {
    signs[k * classCount + present[a]] = 1;
    signs[k * classCount + present[b]] = -1;
    seconds[present[b]]++;
  });
  const summed = (shares: string, start: Float64Array): string =>
    graph.node('Add', [graph.node('MatMul', [shares, graph.constant(signs, [count, classCount])]), row(start)]);
  const won = graph.node('Cast', [graph.node('Greater', [decisions, graph.constant(new Float64Array(1), [1])])], {
    to: ONNX_DOUBLE,
  });
  const votes = summed(won, seconds.map((value, code) => (present.includes(code) ? value : -1))); // prettier-ignore
  const curve = graph.node('Add', [graph.node('Mul', [decisions, row(slopes)]), row(offsets)]);
  const means = graph.node('Div', [
    summed(graph.node('Sigmoid', [curve]), seconds),
    graph.constant(Float64Array.of(count), [1]),
  ]);
  const winner = indicatorOfLargest(graph, votes, classCount);
  const largest = indicatorOfLargest(graph, means, classCount);
  const gap = graph.node('Sub', [sumOf(graph, means, largest), sumOf(graph, means, winner)]);
  const exchange = graph.node('Mul', [graph.node('Sub', [winner, largest]), gap]);
  return { name: graph.node('Add', [means, exchange]), cols: classCount };
}

/** Whether distances from products, whose rounding is multiplied by the weights, would be seen in a decision. */
function losesDigits({ kernel, vectors, weights, centre }: PairVotes): boolean {
  if (!usesDistance(kernel.kind)) return false;
  const p = centre.length;
  let longest = 0;
  for (let at = 0; at < vectors.length; at += p) {
    const vector = vectors.subarray(at, at + p);
    longest = Math.max(longest, dot(vector, vector));
  }
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  return total * kernel.gamma * longest * Number.EPSILON > LARGEST_ERROR;
}

/** n × K: 1 at the first largest value of a row, else 0. */
function indicatorOfLargest(graph: OnnxGraph, scores: string, classCount: number): string {
  const best = graph.node('ArgMax', [scores], { axis: 1, keepdims: 1 });
  const codes = graph.integers(Array.from({ length: classCount }, (_, k) => k));
  return graph.node('Cast', [graph.node('Equal', [best, codes])], { to: ONNX_DOUBLE });
}

const sumOf = (graph: OnnxGraph, values: string, indicator: string): string =>
  graph.node('ReduceSum', [graph.node('Mul', [values, indicator]), graph.integers([1])], { keepdims: 1 });

/** Of a decision, whose margin is 1. */
const LARGEST_ERROR = 1e-10;
/** ONNX's number for double precision. */
const ONNX_DOUBLE = 11;
