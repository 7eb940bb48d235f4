import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { ConvolutionState } from '#core/models/neural/convolutionNetwork.ts';
import { networkOnnx } from '#core/models/neural/networkOnnx.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';

/** Writes standardisation, network and, in regression, the way back to the target's unit into a graph. */
export function convolutionOnnx(
  graph: OnnxGraph,
  input: OnnxValue,
  { means, deviations, parameters, targetMean, targetScale }: ConvolutionState,
  form: NetworkForm,
): string {
  const p = means.length;
  const centred = graph.node('Sub', [input.name, graph.constant(means, [1, p])]);
  const scaled = graph.node('Div', [centred, graph.constant(deviations, [1, p])]);
  const answers = networkOnnx(graph, { name: scaled, cols: p }, form, parameters);
  if (form.output !== 'identity') return answers;
  const wide = graph.node('Mul', [answers, graph.constant(Float64Array.of(targetScale), [])]);
  return graph.node('Add', [wide, graph.constant(Float64Array.of(targetMean), [])]);
}
