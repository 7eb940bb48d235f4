import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { boostedOnnx, boostedScores, type BoostedState } from '#core/models/trees/boostedTrees.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Boosted classes: only those that the training samples had take part; the others have the probability 0. */
export interface BoostedClassesState extends BoostedState {
  /** Codes of the classes that occur, ascending. */
  readonly present: Int32Array;
  readonly classCount: number;
  /** Two classes: what the score is multiplied by to be a log odds (2 for the exponential loss). */
  readonly oddsFactor: number;
}

/** Codes of the classes that occur, ascending. */
export const presentClasses = (codes: Float64Array): Int32Array => Int32Array.from(new Set(codes)).sort();

/** Class probabilities, n × classCount. */
export function boostedProbabilities(operator: string, x: Matrix, state: BoostedClassesState): Matrix {
  const { present, classCount, oddsFactor } = state;
  const scores = boostedScores(operator, x, state);
  const out = zeros(x.rows, classCount);
  for (let i = 0; i < x.rows; i++) {
    const into = out.data.subarray(i * classCount, (i + 1) * classCount);
    const row = scores.data.subarray(i * scores.cols, (i + 1) * scores.cols);
    if (present.length === 1) into[present[0]] = 1;
    else if (present.length === 2) {
      into[present[1]] = 1 / (1 + Math.exp(-oddsFactor * row[0]));
      into[present[0]] = 1 - into[present[1]];
    } else {
      const largest = Math.max(...row);
      let sum = 0;
      for (const score of row) sum += Math.exp(score - largest);
      for (let k = 0; k < row.length; k++) into[present[k]] = Math.exp(row[k] - largest) / sum;
    }
  }
  return out;
}

/** The same as a graph, n × classCount. */
export function boostedProbabilitiesOnnx(graph: OnnxGraph, input: OnnxValue, state: BoostedClassesState): OnnxValue {
  const { present, classCount, oddsFactor } = state;
  const scores = boostedOnnx(graph, input, state);
  const constant = (value: number): string => graph.constant(Float64Array.of(value), []);
  let shares: string;
  if (present.length <= 2) {
    // Written with Exp alone, which every runtime has in double precision.
    const exponential = graph.node('Exp', [graph.node('Mul', [scores.name, constant(-oddsFactor)])]);
    const second = graph.node('Div', [constant(1), graph.node('Add', [exponential, constant(1)])]);
    shares = graph.node('Concat', [graph.node('Sub', [constant(1), second]), second], { axis: 1 });
  } else shares = graph.node('Softmax', [scores.name], { axis: 1 });
  // Into the columns of the classes that occur; a class alone is certain.
  const columns = present.length === 1 ? [present[0], present[0]] : present;
  const spread = new Float64Array(columns.length * classCount);
  columns.forEach((code, k) => {
    spread[k * classCount + code] = 1;
  });
  return {
    name: graph.node('MatMul', [shares, graph.constant(spread, [columns.length, classCount])]),
    cols: classCount,
  };
}
