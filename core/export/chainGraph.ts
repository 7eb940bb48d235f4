import type { OnnxValue } from '#core/data/onnxGraph.ts';
import type { ResolvedChain, ResolvedTransform } from '#core/data/resolveChain.ts';
import type { GraphBuilder } from '#core/export/graphBuilder.ts';

/**
 * Writes one chain into a graph, from raw spectra (`input`: n × p) to what its model gives: the prediction in the
 * target's unit (n × 1), in classification probabilities or scores (n × K). `place` goes before the names of its nodes.
 */
export function chainGraph(graph: GraphBuilder, input: OnnxValue, chain: ResolvedChain, place: string): OnnxValue {
  const { transforms, targets, model } = chain;
  let value = transformsGraph(graph, input, transforms, place);
  graph.scope(`${place}${transforms.length + 1}_${model.step.id}`);
  value = written(model.definition.onnx?.(graph, value, model.step.state, model.step.params), model.step.id);
  if (model.definition.task === 'classification') return value;
  for (const { definition, step } of [...targets].reverse()) {
    graph.scope(`${place}undo_${step.id}`);
    value = written(definition.onnxInvert?.(graph, value, step.state, step.params), step.id);
  }
  if (value.cols !== 1) throw new Error(`The model writes ${value.cols} columns into the graph; one is expected.`);
  return value;
}

function transformsGraph(
  graph: GraphBuilder,
  input: OnnxValue,
  steps: readonly ResolvedTransform[],
  place: string,
): OnnxValue {
  return steps.reduce((value, resolved, i) => {
    const here = `${place}${i + 1}_`;
    if ('lanes' in resolved) {
      const views = resolved.lanes.map((lane, k) => transformsGraph(graph, value, lane, `${here}views/${k + 1}/`));
      return sideBySide(graph, views, `${here}views`);
    }
    const { definition, step } = resolved;
    graph.scope(`${here}${step.id}`);
    return written(definition.onnx?.(graph, value, step.state, step.params), step.id);
  }, input);
}

function sideBySide(graph: GraphBuilder, views: readonly OnnxValue[], scope: string): OnnxValue {
  const [only] = views;
  if (only !== undefined && views.length === 1) return only;
  graph.scope(scope);
  const names = views.map(({ name }) => name);
  return { name: graph.node('Concat', names, { axis: 1 }), cols: views.reduce((sum, { cols }) => sum + cols, 0) };
}

/** Every step was asked for its form before the graph was begun. */
function written(value: OnnxValue | undefined, id: string): OnnxValue {
  if (value === undefined) throw new Error(`${id} has no ONNX form, which was not noticed before the export.`);
  return value;
}
