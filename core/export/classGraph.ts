import type { OnnxValue } from '#core/data/onnxGraph.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';
import { indicators, largest, largestOrNone } from '#core/export/labelGraph.ts';
import { meanGraph } from '#core/export/meanGraph.ts';
import type { OnnxOutput } from '#core/export/onnxModel.ts';
import { whereKnown } from '#core/export/whereKnown.ts';

interface Classification {
  /** K. */
  readonly classCount: number;
  /** Whether the models give probabilities; else their scores only rank the classes. */
  readonly probabilities: boolean;
  /** bool[n, 1], false for samples that the model is not made for; null where there can be none. */
  readonly known: string | null;
}

/**
 * Ends a graph of classification: from what each member gives (n × K) to the label and, where it says something, the
 * table of the classes. The same rules as `combined` in core/data/deployedModel.ts. A sample that is not known has the
 * label −1, probabilities NaN and scores −∞. Returns the outputs, label first.
 */
export function classGraph(graph: GraphBuilder, members: readonly OnnxValue[], of: Classification): OnnxOutput[] {
  const odd = members.find(({ cols }) => cols !== of.classCount);
  if (odd !== undefined)
    throw new Error(`The model writes ${odd.cols} columns into the graph for ${of.classCount} classes.`);
  const label: OnnxOutput = { name: 'label', type: 'int64' };
  const [only] = members;
  const knownLabel = (name: string): string => {
    if (of.known === null) return name;
    const known = graph.node('Reshape', [of.known, graph.integers([-1])]);
    return graph.node('Where', [known, name, graph.integers([-1])]);
  };
  if (of.probabilities) {
    const table = meanGraph(graph, members);
    graph.scope('label');
    graph.output(knownLabel(largest(graph, table.name)), label.name);
    graph.output(whereKnown(graph, of.known, table.name, NaN), 'probabilities');
    return [label, { name: 'probabilities', type: 'double', cols: of.classCount }];
  }
  graph.scope('label');
  if (members.length === 1 && only !== undefined) {
    graph.output(knownLabel(largestOrNone(graph, only.name)), label.name);
    graph.output(whereKnown(graph, of.known, only.name, -Infinity), 'scores');
    return [label, { name: 'scores', type: 'double', cols: of.classCount }];
  }
  graph.output(knownLabel(majority(graph, members, of.classCount)), label.name);
  return [label];
}

/** The label that most members name; "none" counts behind the classes. */
function majority(graph: GraphBuilder, members: readonly OnnxValue[], classCount: number): string {
  const votes = members.map((member) => indicators(graph, member, true).name);
  const winner = largest(graph, graph.node('Sum', votes));
  const none = graph.node('Equal', [winner, graph.integers([classCount])]);
  return graph.node('Where', [none, graph.integers([-1]), winner]);
}
