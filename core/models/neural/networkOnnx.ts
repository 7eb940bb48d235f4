import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { activationOnnx, affineOnnx, outputOnnx } from '#core/models/neural/denseOnnx.ts';
import { parameterPlaces } from '#core/numerics/networks/networkShape.ts';
import type { NetworkForm } from '#core/numerics/networks/network.ts';

/**
 * Writes a network into a graph and returns the name of its answers, n × outputs. ONNX's runtime has no convolution in
 * double precision: patches are gathered and multiplied, as the engine does it.
 */
export function networkOnnx(
  graph: OnnxGraph,
  input: OnnxValue,
  { shape, activation, output }: NetworkForm,
  parameters: Float64Array,
): string {
  const { layers } = shape;
  const places = parameterPlaces(shape);
  return layers.reduce((x, { depth, units, step, positions, valid }, l) => {
    const { weights, biases } = places[l];
    const own = parameters.subarray(weights, biases);
    const constants = parameters.subarray(biases, biases + units);
    let result: string;
    if (positions === 1) result = affineOnnx(graph, x, own, constants);
    else {
      const from = Array.from({ length: valid * depth }, (_, at) => Math.floor(at / depth) * step + (at % depth));
      const gathered = graph.node('Gather', [x, graph.integers(from)], { axis: 1 });
      const patches = graph.node('Reshape', [gathered, graph.integers([-1, valid, depth])]);
      const looks = affineOnnx(graph, patches, own, constants);
      result = graph.node('Reshape', [looks, graph.integers([-1, valid * units])]);
    }
    return l === layers.length - 1 ? outputOnnx(graph, output, result) : activationOnnx(graph, activation, result);
  }, input.name);
}
