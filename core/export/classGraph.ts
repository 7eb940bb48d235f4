import type { OnnxValue } from '#core/data/onnxGraph.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';
import { meanGraph } from '#core/export/meanGraph.ts';
import type { OnnxOutput } from '#core/export/onnxModel.ts';

interface Classification {
  /** K. */
  readonly classCount: number;
  /** Whether the models give probabilities; else their scores only rank the classes. */
  readonly probabilities: boolean;
}

/**
 * Ends a graph of classification: from what each member gives (n × K) to the label and, where it says something, the
 * table of the classes. The same rules as `combined` in core/data/deployedModel.ts. Returns the outputs, label first.
 */
export function classGraph(graph: GraphBuilder, members: readonly OnnxValue[], of: Classification): OnnxOutput[] {
  const odd = members.find(({ cols }) => cols !== of.classCount);
  if (odd !== undefined)
    throw new Error(`The model writes ${odd.cols} columns into the graph for ${of.classCount} classes.`);
  const label: OnnxOutput = { name: 'label', type: 'int64' };
  const [only] = members;
  if (of.probabilities) {
    const table = meanGraph(graph, members);
    graph.scope('label');
    graph.output(largest(graph, table.name), label.name);
    graph.output(table.name, 'probabilities');
    return [label, { name: 'probabilities', type: 'double', cols: of.classCount }];
  }
  graph.scope('label');
  if (members.length === 1 && only !== undefined) {
    graph.output(largestOrNone(graph, only.name), label.name);
    graph.output(only.name, 'scores');
    return [label, { name: 'scores', type: 'double', cols: of.classCount }];
  }
  graph.output(majority(graph, members, of.classCount), label.name);
  return [label];
}

/** int64[n]: the first of the largest columns. */
const largest = (graph: GraphBuilder, table: string): string =>
  graph.node('ArgMax', [table], { axis: 1, keepdims: 0, select_last_index: 0 });

/** −1 where every score is −∞. */
function largestOrNone(graph: GraphBuilder, table: string): string {
  const top = graph.node('ReduceMax', [table], { axes: [1], keepdims: 0 });
  const none = graph.node('IsInf', [top], { detect_positive: 0 });
  return graph.node('Where', [none, graph.integers([-1]), largest(graph, table)]);
}

/** The label that most members name; "none" counts behind the classes. */
function majority(graph: GraphBuilder, members: readonly OnnxValue[], classCount: number): string {
  const codes = graph.integers([...Array(classCount).keys(), -1]);
  const column = graph.integers([-1, 1]);
  const votes = members.map(({ name }) => {
    const label = graph.node('Reshape', [largestOrNone(graph, name), column]);
    return graph.node('Cast', [graph.node('Equal', [label, codes])], { to: DOUBLE });
  });
  const winner = largest(graph, graph.node('Sum', votes));
  const none = graph.node('Equal', [winner, graph.integers([classCount])]);
  return graph.node('Where', [none, graph.integers([-1]), winner]);
}

/** TensorProto.DataType. */
const DOUBLE = 11;
