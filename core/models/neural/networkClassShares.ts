import type { OnnxGraph } from '#core/data/onnxGraph.ts';
import type { NetworkClasses } from '#core/models/neural/networkState.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Probabilities of all classes, n × K, from what a network answers for those that it has learned. */
export function networkClassShares({ present, classCount }: NetworkClasses, answers: Matrix): Matrix {
  const out = zeros(answers.rows, classCount);
  for (let i = 0; i < answers.rows; i++)
    if (answers.cols === 1) {
      out.data[i * classCount + present[0]] = 1 - answers.data[i];
      out.data[i * classCount + present[1]] = answers.data[i];
    } else
      for (let k = 0; k < answers.cols; k++) out.data[i * classCount + present[k]] = answers.data[i * answers.cols + k];
  return out;
}

/** The same in a graph; returns the name of an n × K value. */
export function networkClassSharesOnnx(
  graph: OnnxGraph,
  { present, classCount }: NetworkClasses,
  answers: string,
): string {
  const second = (): string =>
    graph.node('Concat', [graph.node('Sub', [graph.constant(Float64Array.of(1), []), answers]), answers], { axis: 1 });
  const shares = present.length === 2 ? second() : answers;
  const spread = new Float64Array(present.length * classCount);
  present.forEach((code, k) => {
    spread[k * classCount + code] = 1;
  });
  return graph.node('MatMul', [shares, graph.constant(spread, [present.length, classCount])]);
}
