import type { OnnxGraph } from '#core/data/onnxGraph.ts';

/**
 * 1 / (1 + e^−x) in a graph, written with Exp: ONNX Runtime's own Sigmoid answers 0 where the value is still 1e-8.
 * Returns the name of the result.
 */
export function logisticOnnx(graph: OnnxGraph, x: string): string {
  const one = graph.constant(Float64Array.of(1), []);
  const exponential = graph.node('Exp', [graph.node('Mul', [x, graph.constant(Float64Array.of(-1), [])])]);
  return graph.node('Div', [one, graph.node('Add', [exponential, one])]);
}
