import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import { logisticOnnx } from '#core/models/logisticOnnx.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { softmaxRows } from '#core/numerics/softmaxRows.ts';

/** The state of every linear classifier: one score for each class, s = intercept + X coef', in the units of the input. */
export interface ClassScores extends Readonly<Record<string, Float64Array>> {
  /** K × p, class after class. */
  readonly coef: Float64Array;
  /** Length K. */
  readonly intercept: Float64Array;
}

/** How scores become probabilities. */
export interface ScoreLink {
  /** n × K → n × K, every row sums to 1; the largest stays the largest. */
  apply(scores: Matrix): Matrix;
  /** The same on a graph value n × K. */
  onnx(graph: OnnxGraph, scores: string): string;
}

/** Prediction, probabilities and ONNX form of a linear classifier. The predicted class has the largest score. */
export const linearClassifier = (operator: string, link: ScoreLink) => ({
  predict: (x: Matrix, state: ClassScores): Float64Array => argMaxRows(scoresOf(operator, x, state)),
  probabilities: (x: Matrix, state: ClassScores): Matrix => link.apply(scoresOf(operator, x, state)),
  onnx: (graph: OnnxGraph, input: OnnxValue, state: ClassScores): OnnxValue => ({
    name: link.onnx(graph, scoresOnnx(graph, input, state)),
    cols: state.intercept.length,
  }),
});

/** n × K. */
export function scoresOf(operator: string, x: Matrix, { coef, intercept }: ClassScores): Matrix {
  const classCount = intercept.length;
  const channels = coef.length / classCount;
  requireChannels(operator, x, channels);
  const out = zeros(x.rows, classCount);
  for (let k = 0; k < classCount; k++) {
    const column = matrixTimesVector(x, coef.subarray(k * channels, (k + 1) * channels));
    for (let i = 0; i < x.rows; i++) out.data[i * classCount + k] = column[i] + intercept[k];
  }
  return out;
}

/** The scores in a graph; returns the name of an n × K value. */
export function scoresOnnx(graph: OnnxGraph, input: OnnxValue, { coef, intercept }: ClassScores): string {
  const classCount = intercept.length;
  const channels = coef.length / classCount;
  const weights = Float64Array.from(coef, (_, at) => coef[(at % classCount) * channels + Math.floor(at / classCount)]);
  const product = graph.node('MatMul', [input.name, graph.constant(weights, [channels, classCount])]);
  return graph.node('Add', [product, graph.constant(intercept, [1, classCount])]);
}

/** Scores are log-odds: exp(sₖ) / Σ exp(sⱼ). */
export const softmaxLink: ScoreLink = {
  apply: softmaxRows,
  onnx: (graph, scores) => graph.node('Softmax', [scores], { axis: 1 }),
};

/**
 * Scores are least squares estimates of the probabilities themselves (a regression on indicators), which may leave
 * 0 … 1: negative ones become 0, and the rest is divided by its sum.
 */
export const clippedLink: ScoreLink = {
  apply: (scores) =>
    mapRows(scores, scores.cols, (row, out) => {
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += out[k] = Math.max(0, row[k]);
      for (let k = 0; k < row.length; k++) out[k] /= sum;
    }),
  onnx(graph, scores) {
    const twice = graph.node('Add', [scores, graph.node('Abs', [scores])]);
    return graph.node('Div', [twice, graph.node('ReduceSum', [twice, graph.integers([1])], { keepdims: 1 })]);
  },
};

/** Scores of independent one-versus-rest models: each through the logistic function, then divided by their sum. */
export const logisticLink: ScoreLink = {
  apply: (scores) =>
    mapRows(scores, scores.cols, (row, out) => {
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += out[k] = 1 / (1 + Math.exp(-row[k]));
      for (let k = 0; k < row.length; k++) out[k] /= sum;
    }),
  onnx(graph, scores) {
    const shares = logisticOnnx(graph, scores);
    return graph.node('Div', [shares, graph.node('ReduceSum', [shares, graph.integers([1])], { keepdims: 1 })]);
  },
};

/** A class without training samples gets this score, at which its probability is exactly 0. */
export const ABSENT_SCORE = -1e300;

/** Scores of the classes that are present, put in their places among all K classes. */
export function spreadScores(
  classCount: number,
  channels: number,
  present: readonly number[],
  of: (index: number) => { readonly coef: Float64Array; readonly intercept: number },
): ClassScores {
  const state = {
    coef: new Float64Array(classCount * channels),
    intercept: new Float64Array(classCount).fill(ABSENT_SCORE),
  };
  present.forEach((code, index) => {
    const { coef, intercept } = of(index);
    rowOf({ rows: classCount, cols: channels, data: state.coef }, code).set(coef);
    state.intercept[code] = intercept;
  });
  return state;
}
