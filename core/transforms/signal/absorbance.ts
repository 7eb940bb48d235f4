import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { mapValues } from '#core/transforms/signal/mapValues.ts';

/**
 * log₁₀(1 / R) of light R = value / full, applied and exported. Light below `floor` (relative to full) counts as
 * `floor`, since darkness has no logarithm.
 */
export const absorbance = (full: number, floor: number) => ({
  apply: (x: Matrix): Matrix => mapValues(x, (value) => -Math.log10(Math.max(value / full, floor))),

  onnx(graph: OnnxGraph, input: OnnxValue): OnnxValue {
    const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);
    const light = graph.node('Max', [graph.node('Div', [input.name, scalar(full)]), scalar(floor)]);
    return { name: graph.node('Div', [graph.node('Log', [light]), scalar(-Math.LN10)]), cols: input.cols };
  },
});
