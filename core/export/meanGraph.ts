import type { OnnxValue } from '#core/data/onnxGraph.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';

/** The mean of equally shaped values, summed in their order; one value is its own mean. */
export function meanGraph(graph: GraphBuilder, values: readonly OnnxValue[]): OnnxValue {
  const [first] = values;
  if (first === undefined) throw new Error('A model has at least one chain.');
  if (values.length === 1) return first;
  graph.scope('mean');
  const sum = graph.node(
    'Sum',
    values.map(({ name }) => name),
  );
  return { name: graph.node('Div', [sum, graph.constant(Float64Array.of(values.length), [])]), cols: first.cols };
}
