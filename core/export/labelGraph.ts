import type { OnnxValue } from '#core/data/onnxGraph.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';

/** int64[n]: the first of the largest columns. */
export const largest = (graph: GraphBuilder, table: string): string =>
  graph.node('ArgMax', [table], { axis: 1, keepdims: 0, select_last_index: 0 });

/** The same, −1 where every score is −∞. */
export function largestOrNone(graph: GraphBuilder, table: string): string {
  const top = graph.node('ReduceMax', [table], { axes: [1], keepdims: 0 });
  const none = graph.node('IsInf', [top], { detect_positive: 0 });
  return graph.node('Where', [none, graph.integers([-1]), largest(graph, table)]);
}

/**
 * What scores (n × K) name: double[n, K], 1 in the column of the class and 0 in the others. "None of the classes" has
 * no 1, or with `ownColumn` a column of its own behind the classes.
 */
export function indicators(graph: GraphBuilder, scores: OnnxValue, ownColumn: boolean): OnnxValue {
  const codes = [...Array(scores.cols).keys(), ...(ownColumn ? [-1] : [])];
  const label = graph.node('Reshape', [largestOrNone(graph, scores.name), graph.integers([-1, 1])]);
  const named = graph.node('Equal', [label, graph.integers(codes)]);
  return { name: graph.node('Cast', [named], { to: DOUBLE }), cols: codes.length };
}

/** TensorProto.DataType. */
const DOUBLE = 11;
