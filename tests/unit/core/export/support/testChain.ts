import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineModel, defineTransform, type AnyOperator } from '#core/data/operator.ts';
import type { FittedChain } from '#core/data/fittedChain.ts';
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
  group: 'model',
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

const operators: AnyOperator[] = [centre, line];
export const lookup = (id: string): AnyOperator | undefined => operators.find((operator) => operator.id === id);

/** Centre, then a line, with a processed target: y = 10 · ((x − m) / 2 · b + c) + 50. */
export const chain: FittedChain = {
  inputAxis: { values: Float64Array.of(1000, 1002, 1004.1), unit: 'nm' },
  signal: 'absorbance',
  target: { name: 'fat', unit: '%' },
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
