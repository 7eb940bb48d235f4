import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { defineTransform } from '#core/data/operator.ts';
import { columnOf, type Matrix } from '#core/numerics/matrix.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { copyParameter } from '#core/transforms/copyParameter.ts';
import { columnByColumn, quantileGraph } from '#core/transforms/target/quantileGraph.ts';
import { rampsGraph } from '#core/transforms/target/ramps.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

interface Params {
  n_quantiles: number;
  output_distribution: 'uniform';
  ignore_implicit_zeros: boolean;
  subsample: number | null;
  random_state: number | null;
  copy: boolean;
}

/** `quantiles` holds the landmarks of each column one after another; `shares` the share of values below each. */
type State = Readonly<{ quantiles: readonly Float64Array[]; shares: Float64Array }>;

/** Replaces values by the share of training values below them. Agrees with scikit-learn's `QuantileTransformer`. */
export const quantileTransformer = defineTransform<Params, State>({
  id: 'QuantileTransformer',
  version: 1,
  title: 'Quantile transform',
  group: 'target',
  summary: 'Replaces each value by the share of training values below it, from 0 to 1.',
  whenToUse: 'For targets of a very odd distribution, when the order of samples matters more than distances.',
  whenNotToUse: 'With few samples, and whenever predictions beyond the training range are needed: they end at 0 and 1.',
  references: [
    'Beasley, T. M., Erickson, S. & Allison, D. B. (2009) Behavior Genetics 39, 580–595. doi:10.1007/s10519-009-9281-0',
  ],
  aliases: ['sklearn.preprocessing.QuantileTransformer', 'sklearn.preprocessing._data.QuantileTransformer'],
  params: z.strictObject({
    n_quantiles: z.int().min(2).max(100_000).default(1000).meta({
      title: 'Landmarks',
      description: 'Number of quantiles to learn; at most the number of training samples.',
    }),
    output_distribution: z.enum(['uniform']).default('uniform').meta({
      title: 'Result',
      description: 'Distribution of the result: even from 0 to 1.',
    }),
    ignore_implicit_zeros: z.boolean().default(false).meta({
      title: 'Ignore zeros',
      description: 'Accepted for compatibility and not used: it concerns sparse tables only.',
      unused: true,
    }),
    subsample: z.int().min(1).nullable().default(10_000).meta({
      title: 'Subsample',
      description: 'Accepted for compatibility and not used: all training samples set the landmarks.',
      unused: true,
    }),
    random_state: z.int().nullable().default(null).meta({
      title: 'Random seed',
      description: 'Accepted for compatibility and not used: nothing is random.',
      unused: true,
    }),
    copy: copyParameter,
  }),
  stateful: true,
  target: true,
  fit(x, { n_quantiles }) {
    requireRows('QuantileTransformer', x, 2);
    requireFinite(x.data, 'QuantileTransformer', 'the values');
    const count = Math.min(n_quantiles, x.rows);
    const step = 1 / (count - 1);
    const shares = Float64Array.from({ length: count }, (_, k) => (k === count - 1 ? 1 : k * step));
    const quantiles = Array.from({ length: x.cols }, (_, j) => landmarksOf(columnOf(x, j).sort(), shares));
    return { quantiles, shares };
  },
  apply(x, { quantiles, shares }) {
    const above = mirrored(shares);
    const reversed = quantiles.map(mirrored);
    return mapColumns(x, quantiles, (value, landmarks, j) => {
      if (value === landmarks[0]) return 0;
      if (value === landmarks[landmarks.length - 1]) return 1;
      // Between repeated landmarks any share is right; the mean of the lowest and the highest is taken.
      return 0.5 * (onLines(value, landmarks, shares) - onLines(-value, reversed[j], above));
    });
  },
  invert: (y, { quantiles, shares }) =>
    mapColumns(y, quantiles, (value, landmarks) => onLines(value, shares, landmarks)),
  onnx: (graph, input, { quantiles, shares }) =>
    columnByColumn(graph, input, (column, j) => quantileGraph(graph, column, quantiles[j], shares)),
  onnxInvert: (graph, input, { quantiles, shares }) =>
    columnByColumn(graph, input, (name, j) => rampsGraph(graph, { name, cols: 1 }, shares, quantiles[j]).name),
});

/**
 * Quantiles with the roundings of NumPy's `nanpercentile`, which decide whether a landmark equals a repeated value
 * exactly. Ascending, like the values.
 */
function landmarksOf(sorted: Float64Array, shares: Float64Array): Float64Array {
  let largest = -Infinity;
  return shares.map((share) => {
    const position = ((share * 100) / 100) * (sorted.length - 1);
    const below = sorted[Math.floor(position)];
    const above = sorted[Math.min(Math.floor(position) + 1, sorted.length - 1)];
    const rest = position - Math.floor(position);
    const value = rest < 0.5 ? below + (above - below) * rest : above - (above - below) * (1 - rest);
    largest = Math.max(largest, value);
    return largest;
  });
}

function mapColumns(
  x: Matrix,
  quantiles: readonly Float64Array[],
  f: (value: number, landmarks: Float64Array, column: number) => number,
): Matrix {
  if (x.cols !== quantiles.length)
    throw new EngineError('numerics.shape', {
      what: 'QuantileTransformer',
      expected: `${quantiles.length} columns, as in training`,
      found: String(x.cols),
    });
  return { ...x, data: x.data.map((value, at) => f(value, quantiles[at % x.cols], at % x.cols)) };
}

const mirrored = (values: Float64Array): Float64Array => values.map((value) => -value).reverse();

/** Straight lines through (x, y), constant beyond both ends, as NumPy's `interp`. `x` ascends. */
function onLines(value: number, x: Float64Array, y: Float64Array): number {
  const last = x.length - 1;
  if (value <= x[0]) return value === x[0] ? y[lastEqual(x, 0)] : y[0];
  if (value >= x[last]) return y[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  if (x[low] === value) return y[low];
  return y[low] + ((y[high] - y[low]) / (x[high] - x[low])) * (value - x[low]);
}

function lastEqual(x: Float64Array, first: number): number {
  let k = first;
  while (k + 1 < x.length && x[k + 1] === x[first]) k++;
  return k;
}
