import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';

/**
 * Writes the straight lines through (x, y), constant beyond both ends, for a single column: y₀ + Σ slope · clip(input −
 * xₖ, 0, xₖ₊₁ − xₖ). `x` ascends strictly.
 */
export function rampsGraph(graph: OnnxGraph, input: OnnxValue, x: ArrayLike<number>, y: ArrayLike<number>): OnnxValue {
  const steps = x.length - 1;
  const start = graph.constant(Float64Array.of(y[0]), []);
  if (steps === 0) {
    const nothing = graph.node('Mul', [input.name, graph.constant(Float64Array.of(0), [])]);
    return { name: graph.node('Add', [nothing, start]), cols: 1 };
  }
  const from = Float64Array.from({ length: steps }, (_, k) => x[k]);
  const width = from.map((value, k) => x[k + 1] - value);
  const slope = width.map((value, k) => (y[k + 1] - y[k]) / value);
  const past = graph.node('Sub', [input.name, graph.constant(from, [1, steps])]);
  const above = graph.node('Max', [past, graph.constant(Float64Array.of(0), [])]);
  const inside = graph.node('Min', [above, graph.constant(width, [1, steps])]);
  const sum = graph.node('MatMul', [inside, graph.constant(slope, [steps, 1])]);
  return { name: graph.node('Add', [sum, start]), cols: 1 };
}

/** Writes the value that stands for each class code; other numbers are rounded to the nearest code, half upwards. */
export function codesGraph(graph: OnnxGraph, input: OnnxValue, values: Float64Array): OnnxValue {
  const shifted = graph.node('Add', [input.name, graph.constant(Float64Array.of(0.5), [])]);
  const rounded = { name: graph.node('Floor', [shifted]), cols: input.cols };
  return rampsGraph(graph, rounded, Float64Array.from(values.keys()), values);
}
