import { EngineError } from '#core/base/errors.ts';
import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { shifted } from '#core/transforms/smooth/slidingFilter.ts';

export interface Gradient {
  /** Times that the gradient is taken. */
  readonly order: number;
  /** Distance of neighbouring channels. */
  readonly delta: number;
  /** Order of accuracy at the two ends: one-sided differences of two or of three channels. */
  readonly edgeOrder: 1 | 2;
}

/** Central differences along the channels, as NumPy's `gradient`, applied and exported. `operator` names it in errors. */
export const gradient = (operator: string, { order, delta, edgeOrder }: Gradient) => ({
  apply(x: Matrix): Matrix {
    requireChannels(operator, x.cols, edgeOrder);
    if (order === 0) return { ...x, data: x.data.slice() }; // a copy, so that it does not hand out its input
    if (order === 1)
      return mapRows(x, x.cols, (spectrum, out) => {
        gradientInto(spectrum, delta, edgeOrder, out);
      });
    // The gradients of gradients stay near the processor: only the last ones are written to new memory.
    const needs = { scratch: x.cols };
    return throughKernels(x, needs, ({ cols, scratchValues: from, values }, rows) => {
      for (let i = 0; i < rows; i++) {
        const spectrum = values.subarray(i * cols, (i + 1) * cols);
        for (let k = 0; k < order; k++) {
          from.set(spectrum);
          gradientInto(from, delta, edgeOrder, spectrum);
        }
      }
    });
  },

  onnx(graph: OnnxGraph, input: OnnxValue): OnnxValue {
    requireChannels(operator, input.cols, edgeOrder);
    let { name } = input;
    for (let k = 0; k < order; k++) name = gradientNodes(graph, { name, cols: input.cols }, delta, edgeOrder);
    return { name, cols: input.cols };
  },
});

function gradientInto(v: Float64Array, delta: number, edgeOrder: 1 | 2, out: Float64Array): void {
  const n = v.length;
  for (let j = 1; j < n - 1; j++) out[j] = (v[j + 1] - v[j - 1]) / (2 * delta);
  if (edgeOrder === 1) {
    out[0] = (v[1] - v[0]) / delta;
    out[n - 1] = (v[n - 1] - v[n - 2]) / delta;
  } else {
    out[0] = (-1.5 * v[0] + 2 * v[1] - 0.5 * v[2]) / delta;
    out[n - 1] = (1.5 * v[n - 1] - 2 * v[n - 2] + 0.5 * v[n - 3]) / delta;
  }
}

function gradientNodes(graph: OnnxGraph, input: OnnxValue, delta: number, edgeOrder: 1 | 2): string {
  const n = input.cols;
  const used = edgeOrder + 1;
  const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
  const left = edgeOrder === 1 ? [-1, 1] : [-1.5, 2, -0.5];
  const edge = (start: number, weights: readonly number[]): string =>
    graph.node('MatMul', [
      shifted(graph, input.name, start, used),
      graph.constant(
        Float64Array.from(weights, (weight) => weight / delta),
        [used, 1],
      ),
    ]);
  const difference = graph.node('Sub', [shifted(graph, input.name, 2, n - 2), shifted(graph, input.name, 0, n - 2)]);
  const parts = [
    edge(0, left),
    // Two channels have ends only.
    ...(n > 2 ? [graph.node('Div', [difference, scalar(2 * delta)])] : []),
    edge(n - used, left.map((weight) => -weight).reverse()),
  ];
  return graph.node('Concat', parts, { axis: 1 });
}

function requireChannels(operator: string, channels: number, edgeOrder: number): void {
  if (channels < edgeOrder + 1)
    throw new EngineError('numerics.too-few', { operator, what: 'channels', needed: edgeOrder + 1, found: channels });
}
