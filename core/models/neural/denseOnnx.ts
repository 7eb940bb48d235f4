import type { OnnxGraph } from '#core/data/onnxGraph.ts';
import { logisticOnnx } from '#core/models/logisticOnnx.ts';
import type { Activation, NetworkOutput } from '#core/numerics/networks/activations.ts';

/** Writes x W' + b into a graph; `x` may have more than two dimensions. Weights: units × depth. */
export function affineOnnx(graph: OnnxGraph, x: string, weights: Float64Array, biases: Float64Array): string {
  const units = biases.length;
  const depth = weights.length / units;
  const turned = weights.map((_, at) => weights[(at % units) * depth + Math.floor(at / units)]);
  const product = graph.node('MatMul', [x, graph.constant(turned, [depth, units])]);
  return graph.node('Add', [product, graph.constant(biases.slice(), [units])]);
}

export function activationOnnx(graph: OnnxGraph, activation: Activation, x: string): string {
  switch (activation) {
    case 'relu':
      return graph.node('Max', [x, graph.constant(Float64Array.of(0), [])]);
    case 'tanh':
      return graph.node('Tanh', [x]);
    case 'logistic':
      return logisticOnnx(graph, x);
    default:
      return x;
  }
}

export function outputOnnx(graph: OnnxGraph, output: NetworkOutput, x: string): string {
  if (output === 'logistic') return logisticOnnx(graph, x);
  return output === 'softmax' ? graph.node('Softmax', [x], { axis: 1 }) : x;
}
