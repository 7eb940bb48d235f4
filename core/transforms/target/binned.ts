import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { codesGraph, rampsGraph } from '#core/transforms/target/ramps.ts';

/** The state of discretisers: inner limits, ascending, of a target; class k lies from limit k − 1 up to limit k. */
export type Bins = Readonly<{
  limits: Float64Array;
  /** The value that stands for each class: one more than limits. */
  centres: Float64Array;
}>;

/** Class codes, their inverse and names. `operator` names the discretiser in errors. */
export const binned = (operator: string) => ({
  apply(x: Matrix, { limits }: Bins): Matrix {
    requireOneColumn(operator, x.cols);
    const out = zeros(x.rows, 1);
    for (let i = 0; i < x.rows; i++) out.data[i] = classOf(x.data[i], limits);
    return out;
  },

  invert(y: Matrix, { centres }: Bins): Matrix {
    const last = centres.length - 1;
    return { ...y, data: y.data.map((code) => centres[Math.min(Math.max(Math.round(code), 0), last)]) };
  },

  classNames: ({ limits }: Bins): string[] => {
    const words = [...limits].map(shortest);
    if (words.length === 0) return ['all'];
    return [
      `< ${words[0]}`,
      ...words.slice(1).map((word, k) => `${words[k]} – ${word}`),
      `≥ ${words[words.length - 1]}`,
    ];
  },

  onnx(graph: OnnxGraph, input: OnnxValue, { limits }: Bins): OnnxValue {
    if (limits.length === 0) return rampsGraph(graph, input, [0], [0]);
    const reached = graph.node('GreaterOrEqual', [input.name, graph.constant(limits, [1, limits.length])]);
    const ones = graph.node('Cast', [reached], { to: DOUBLE });
    const sum = graph.constant(new Float64Array(limits.length).fill(1), [limits.length, 1]);
    return { name: graph.node('MatMul', [ones, sum]), cols: 1 };
  },

  onnxInvert: (graph: OnnxGraph, input: OnnxValue, { centres }: Bins): OnnxValue => codesGraph(graph, input, centres),
});

/** The number of limits at or below the value (as NumPy's `digitize`). */
export function classOf(value: number, limits: Float64Array): number {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function requireOneColumn(operator: string, found: number): void {
  if (found !== 1)
    throw new EngineError('numerics.shape', { what: operator, expected: 'one target', found: `${found} columns` });
}

/** Six digits are enough to tell limits apart. */
const shortest = (limit: number): string => String(Number(limit.toPrecision(6)));

/** The number of the type in ONNX. */
const DOUBLE = 11;
