import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { shifted } from '#core/transforms/smooth/slidingFilter.ts';

/** The median of each row in a graph, n × 1: the upper half of the values, sorted, ends at the middle. */
export function medianNodes(graph: OnnxGraph, { name, cols }: OnnxValue): string {
  const upper = Math.floor(cols / 2) + 1;
  const [sorted = ''] = graph.nodes('TopK', [name, graph.integers([upper])], 2, { axis: 1, largest: 1, sorted: 1 });
  const middle = shifted(graph, sorted, upper - 1, 1);
  if (cols % 2 === 1) return middle;
  const sum = graph.node('Add', [shifted(graph, sorted, upper - 2, 1), middle]);
  return graph.node('Div', [sum, graph.constant(Float64Array.of(2), [])]);
}
