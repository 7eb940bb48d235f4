import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';

/**
 * Writes the share of values below each value, for one column: straight lines between different landmarks, and a step
 * where landmarks repeat. At a step the middle counts, except at the first landmark (0) and at the last (1).
 *
 * @param input the name of an n × 1 value
 * @returns the name of the n × 1 shares
 */
export function quantileGraph(graph: OnnxGraph, input: string, landmarks: Float64Array, shares: Float64Array): string {
  const last = landmarks.length - 1;
  const places = Array.from({ length: last }, (_, k) => k);
  const slopes = places.filter((k) => landmarks[k + 1] > landmarks[k]);
  const steps = places.filter((k) => landmarks[k + 1] === landmarks[k]);
  const row = (values: readonly number[]): string => graph.constant(Float64Array.from(values), [1, values.length]);
  const column = (values: readonly number[]): string => graph.constant(Float64Array.from(values), [values.length, 1]);
  const scalar = (value: number): string => graph.constant(Float64Array.of(value), []);

  const past = graph.node('Max', [graph.node('Sub', [input, row(slopes.map((k) => landmarks[k]))]), scalar(0)]);
  const inside = graph.node('Min', [past, row(slopes.map((k) => landmarks[k + 1] - landmarks[k]))]);
  const rise = slopes.map((k) => (shares[k + 1] - shares[k]) / (landmarks[k + 1] - landmarks[k]));
  const lines = graph.node('MatMul', [inside, column(rise)]);
  if (steps.length === 0) return lines;

  // −1, 0, 1 below, at and above a step become 0, ½, 1; at both ends of the range 0 stands for 0 and for 1.
  const side = graph.node('Sign', [graph.node('Sub', [input, row(steps.map((k) => landmarks[k]))])]);
  const at = steps.map((k) => (landmarks[k] === landmarks[0] ? 0 : landmarks[k] === landmarks[last] ? 1 : 0.5));
  const shifted = graph.node('Add', [
    graph.node('Mul', [side, row(at.map((half) => (half === 0.5 ? 0.5 : 1)))]),
    row(at),
  ]);
  const flags = graph.node('Min', [graph.node('Max', [shifted, scalar(0)]), scalar(1)]);
  const jumps = graph.node('MatMul', [flags, column(steps.map((k) => shares[k + 1] - shares[k]))]);
  return graph.node('Add', [lines, jumps]);
}

/** The columns of a matrix one by one through `write`, side by side again. */
export function columnByColumn(
  graph: OnnxGraph,
  input: OnnxValue,
  write: (column: string, j: number) => string,
): OnnxValue {
  const parts = Array.from({ length: input.cols }, (_, j) => {
    const part =
      input.cols === 1
        ? input.name
        : graph.node('Slice', [input.name, graph.integers([j]), graph.integers([j + 1]), graph.integers([1])]);
    return write(part, j);
  });
  return { name: parts.length === 1 ? parts[0] : graph.node('Concat', parts, { axis: 1 }), cols: input.cols };
}
