import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineModel, defineTransform, type AnyOperator } from '#core/data/operator.ts';
import { refitted } from '#core/data/deployedModel.ts';
import type { FittedChain, FittedOperator } from '#core/data/fittedChain.ts';
import type { Lineage } from '#core/export/lineage.ts';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';

const words = {
  version: 1,
  title: 'For tests',
  summary: '',
  whenToUse: '',
  whenNotToUse: '',
  references: [],
  aliases: [],
};

/** Subtracts the column means and divides by a factor: a transform of spectra and of targets. */
export const centre = defineTransform({
  ...words,
  id: 'TestCentre',
  group: 'scale',
  stateful: true,
  target: true,
  params: z.strictObject({ factor: z.number().positive().default(1) }),
  fit: (x: Matrix) => {
    const means = new Float64Array(x.cols);
    x.data.forEach((value, k) => (means[k % x.cols] = (means[k % x.cols] ?? 0) + value / x.rows));
    return { means };
  },
  apply: (x, { means }, { factor }) => ({
    ...x,
    data: x.data.map((value, k) => (value - (means[k % x.cols] ?? 0)) / factor),
  }),
  invert: (y, { means }, { factor }) => ({
    ...y,
    data: y.data.map((value, k) => value * factor + (means[k % y.cols] ?? 0)),
  }),
  onnx(graph, input, { means }, { factor }) {
    const centred = graph.node('Sub', [input.name, graph.constant(means, [1, input.cols])]);
    const scaled = graph.node('Div', [centred, graph.constant(Float64Array.of(factor), [])]);
    return { name: scaled, cols: input.cols };
  },
  onnxInvert(graph, input, { means }, { factor }) {
    const scaled = graph.node('Mul', [input.name, graph.constant(Float64Array.of(factor), [])]);
    return { name: graph.node('Add', [scaled, graph.constant(means, [1, input.cols])]), cols: input.cols };
  },
});

/** y = x · coef + intercept. */
export const line = defineModel({
  ...words,
  id: 'TestLine',
  group: 'regression',
  task: 'regression',
  params: z.strictObject({}),
  fit: (x: Matrix) => ({ coef: new Float64Array(x.cols).fill(1), intercept: 0 }),
  predict: (x, { coef, intercept }) =>
    Float64Array.from({ length: x.rows }, (_, i) =>
      coef.reduce((sum, b, j) => sum + b * (x.data[i * x.cols + j] ?? 0), intercept),
    ),
  complexity: () => 1,
  onnx(graph, input, { coef, intercept }) {
    const product = graph.node('MatMul', [input.name, graph.constant(coef, [coef.length, 1])]);
    return { name: graph.node('Add', [product, graph.constant(Float64Array.of(intercept), [1, 1])]), cols: 1 };
  },
});

/** Scores of two classes, −s and s for s = x · coef; with probabilities, 1 / (1 + e^∓2s), or without. */
const sides = (id: string, given: 'probabilities' | 'scores') =>
  defineModel({
    ...words,
    id,
    group: 'classification',
    task: 'classification',
    params: z.strictObject({ reject: z.number().default(0) }),
    fit: (x: Matrix) => ({ coef: new Float64Array(x.cols).fill(1) }),
    predict: (x, { coef }, { reject }) => scoresOf(x, coef).map((s) => (Math.abs(s) < reject ? -1 : s > 0 ? 1 : 0)),
    ...(given === 'scores'
      ? {}
      : {
          probabilities: (x: Matrix, { coef }: { coef: Float64Array }) => ({
            rows: x.rows,
            cols: 2,
            data: Float64Array.from(scoresOf(x, coef)).reduce(
              (all, s, i) => {
                all[2 * i + 1] = 1 / (1 + Math.exp(-2 * s));
                all[2 * i] = 1 - (all[2 * i + 1] ?? 0);
                return all;
              },
              new Float64Array(2 * x.rows),
            ),
          }),
        }),
    complexity: () => 1,
    onnx(graph, input, { coef }, { reject }) {
      const both = Float64Array.from(coef).reduce(
        (all, b, j) => {
          [all[2 * j], all[2 * j + 1]] = [-b, b];
          return all;
        },
        new Float64Array(2 * coef.length),
      );
      const scores = graph.node('MatMul', [input.name, graph.constant(both, [coef.length, 2])]);
      if (given === 'probabilities') return { name: graph.node('Softmax', [scores], { axis: 1 }), cols: 2 };
      const size = graph.node('ReduceMax', [graph.node('Abs', [scores])], { axes: [1], keepdims: 1 });
      const refused = graph.node('Less', [size, graph.constant(Float64Array.of(reject), [])]);
      const none = graph.constant(Float64Array.of(-Infinity), []);
      return { name: graph.node('Where', [refused, none, scores]), cols: 2 };
    },
  });

const scoresOf = (x: Matrix, coef: Float64Array): Float64Array =>
  Float64Array.from({ length: x.rows }, (_, i) =>
    coef.reduce((sum, b, j) => sum + b * (x.data[i * x.cols + j] ?? 0), 0),
  );

export const sidesWithProbabilities = sides('TestSides', 'probabilities');
export const sidesByScore = sides('TestScores', 'scores');

const operators: AnyOperator[] = [centre, line, sidesWithProbabilities, sidesByScore];
export const lookup = (id: string): AnyOperator | undefined => operators.find((operator) => operator.id === id);

/** Centre, then a line, with a processed target: y = 10 · ((x − m) / 2 · b + c) + 50. */
export const chain: FittedChain = {
  inputAxis: { values: Float64Array.of(1000, 1002, 1004.1), unit: 'nm' },
  signal: 'absorbance',
  target: { name: 'fat', unit: '%', classes: null },
  steps: [
    {
      role: 'transform',
      id: 'TestCentre',
      version: 1,
      params: { factor: 2 },
      state: { means: Float64Array.of(1, 2, 3) },
    },
    { role: 'target', id: 'TestCentre', version: 1, params: { factor: 10 }, state: { means: Float64Array.of(50) } },
    {
      role: 'model',
      id: 'TestLine',
      version: 1,
      params: {},
      state: { coef: Float64Array.of(1, -0.5, 0.25), intercept: 0.1 },
    },
  ],
};

export const model = refitted(chain);

/** The same centring, then two classes by the side of a plane. */
export const classChain = (
  operator: 'TestSides' | 'TestScores',
  coef: readonly [number, number, number] = [1, -0.5, 0.25],
  reject = 0,
): FittedChain => ({
  ...chain,
  target: { name: 'origin', unit: null, classes: ['Berlin', 'Graz'] },
  steps: [
    ...chain.steps.slice(0, 1),
    { role: 'model', id: operator, version: 1, params: { reject }, state: { coef: Float64Array.from(coef) } },
  ],
});

/** Four views of three wavelengths: as they are, centred, and nested the same two side by side again. */
export const viewsChain = (): FittedChain => {
  const centred: FittedOperator = {
    role: 'transform',
    id: 'TestCentre',
    version: 1,
    params: { factor: 2 },
    state: { means: Float64Array.of(1, 2, 3) },
  };
  return {
    ...chain,
    steps: [
      {
        role: 'concat',
        lanes: [
          [],
          [centred],
          [
            { role: 'concat', lanes: [[], [centred]] },
            { ...centred, state: { means: new Float64Array(6) } },
          ],
        ],
      },
      {
        role: 'model',
        id: 'TestLine',
        version: 1,
        params: {},
        state: { coef: Float64Array.from({ length: 12 }, (_, j) => 0.1 * (j + 1)), intercept: 0.5 },
      },
    ],
  };
};

export const spectra = fromRows([
  [1.1, 2.3, 3.7],
  [0.2, 5.5, -1.25],
  [3, 2, 1],
  [0.1, 0.2, 0.3],
]);

export const lineage: Lineage = {
  runId: 'run_000000000001',
  variant: 'TestCentre(2) → TestLine',
  datasetName: 'three wavelengths',
  datasetHash: 'd'.repeat(16),
  pipelineHash: 'p'.repeat(16),
  seed: 0,
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
