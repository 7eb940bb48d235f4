import type { OnnxGraph, OnnxValue } from '#core/data/onnxGraph.ts';
import type { State } from '#core/data/operator.ts';
import { requireChannels } from '#core/models/requireChannels.ts';
import { ABSENT_SCORE } from '#core/models/classification/classScores.ts';
import { argMaxRows } from '#core/numerics/argMaxRows.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { softmaxRows } from '#core/numerics/softmaxRows.ts';

/** One class as a normal distribution: its log-density at x is `constant` − ‖whitening (x − mean)‖² / 2. */
export interface NormalClass extends State {
  readonly code: number;
  /** Length p. */
  readonly mean: Float64Array;
  /** d rows of length p, one after the other. */
  readonly whitening: Float64Array;
  /** The logarithm of the prior probability is in it. */
  readonly constant: number;
}

/** The state of classifiers whose classes are normal distributions. */
export interface NormalClasses extends State {
  /** K, with or without training samples. */
  readonly classCount: number;
  readonly classes: readonly NormalClass[];
}

/** Prediction, probabilities (by Bayes' rule) and ONNX form of normal classes. */
export const normalClassifier = (operator: string) => ({
  predict: (x: Matrix, state: NormalClasses): Float64Array => argMaxRows(logDensities(operator, x, state)),
  probabilities: (x: Matrix, state: NormalClasses): Matrix => softmaxRows(logDensities(operator, x, state)),

  onnx(graph: OnnxGraph, input: OnnxValue, { classCount, classes }: NormalClasses): OnnxValue {
    const columns = classes.map(({ mean, whitening, constant }) => {
      const p = mean.length;
      const d = whitening.length / p;
      const transposed = Float64Array.from(whitening, (_, at) => whitening[(at % d) * p + Math.floor(at / d)]);
      const centred = graph.node('Sub', [input.name, graph.constant(mean, [1, p])]);
      const z = graph.node('MatMul', [centred, graph.constant(transposed, [p, d])]);
      const squares = graph.node('ReduceSum', [graph.node('Mul', [z, z]), graph.integers([1])], { keepdims: 1 });
      const half = graph.node('Mul', [squares, graph.constant(Float64Array.of(-0.5), [])]);
      return graph.node('Add', [half, graph.constant(Float64Array.of(constant), [])]);
    });
    const joined = columns.length === 1 ? columns[0] : graph.node('Concat', columns, { axis: 1 });
    // Puts the columns in their places; classes without training samples get a score that no class can have.
    const places = new Float64Array(classes.length * classCount);
    const absent = new Float64Array(classCount).fill(ABSENT_SCORE);
    classes.forEach(({ code }, k) => {
      places[k * classCount + code] = 1;
      absent[code] = 0;
    });
    const spread = graph.node('MatMul', [joined, graph.constant(places, [classes.length, classCount])]);
    const scores = graph.node('Add', [spread, graph.constant(absent, [1, classCount])]);
    return { name: graph.node('Softmax', [scores], { axis: 1 }), cols: classCount };
  },
});

/** n × K. */
function logDensities(operator: string, x: Matrix, { classCount, classes }: NormalClasses): Matrix {
  const p = classes[0].mean.length;
  requireChannels(operator, x, p);
  const out = zeros(x.rows, classCount);
  out.data.fill(ABSENT_SCORE);
  const centred = new Float64Array(p);
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(x, i);
    for (const { code, mean, whitening, constant } of classes) {
      for (let j = 0; j < p; j++) centred[j] = row[j] - mean[j];
      let squares = 0;
      for (let at = 0; at < whitening.length; at += p) squares += dot(whitening.subarray(at, at + p), centred) ** 2;
      out.data[i * classCount + code] = constant - squares / 2;
    }
  }
  return out;
}
