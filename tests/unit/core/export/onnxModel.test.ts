import { expect, test } from 'vitest';
import type { OnnxAttribute } from '#core/data/onnxGraph.ts';
import { encodeOnnxModel, type OnnxModel } from '#core/export/onnxModel.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { fromRows } from '#core/numerics/matrix.ts';

const model = (attributes: Record<string, OnnxAttribute>): OnnxModel => ({
  name: 'test',
  producerVersion: '0',
  description: '',
  input: { name: 'spectra', cols: 2 },
  outputs: [{ name: 'prediction', type: 'double', cols: 1 }],
  nodes: [{ name: 'mean', op: 'ReduceMean', domain: '', inputs: ['spectra'], outputs: ['prediction'], attributes }],
  constants: [],
  metadata: { b: '2', a: 'é' },
});

test('the runtime reads it: opset 17 takes the axes of a mean as an attribute', async () => {
  const session = await onnxRuntimeNode.load(encodeOnnxModel(model({ axes: [1], keepdims: 1 })), 'mean.onnx');
  expect(await session.run(fromRows([[1, 2], [3, 6]]))).toEqual([Float64Array.of(1.5, 4.5)]); // prettier-ignore
  expect(session.inputCols).toBe(2);
  expect([...session.metadata]).toEqual([
    ['b', '2'],
    ['a', 'é'],
    ['refract.checksum', expect.stringMatching(/^[0-9a-f]{8}$/)],
  ]);
  await session.close();
});

test('the order of the attributes does not change the bytes', () => {
  expect(encodeOnnxModel(model({ axes: [1], keepdims: 1 }))).toEqual(
    encodeOnnxModel(model({ keepdims: 1, axes: [1] })),
  );
});

test('every kind of attribute, a second domain and several outputs reach the runtime as meant', async () => {
  const bytes = encodeOnnxModel({
    ...model({}),
    outputs: [
      { name: 'prediction', type: 'double', cols: 1 },
      { name: 'label', type: 'int64' },
    ],
    nodes: [
      {
        name: 'halves',
        op: 'Split',
        domain: '',
        inputs: ['spectra'],
        outputs: ['left', 'right'],
        attributes: { axis: 1 },
      },
      // A tree of one split: 10.125 up to 1.5 of the first column, else −3; doubles as tensors, modes as texts.
      {
        name: 'tree',
        op: 'TreeEnsembleRegressor',
        domain: 'ai.onnx.ml',
        inputs: ['spectra'],
        outputs: ['leaf'],
        attributes: {
          n_targets: 1,
          aggregate_function: { text: 'SUM' },
          nodes_treeids: [0, 0, 0],
          nodes_nodeids: [0, 1, 2],
          nodes_featureids: [0, 0, 0],
          nodes_modes: { texts: ['BRANCH_LEQ', 'LEAF', 'LEAF'] },
          nodes_values_as_tensor: { doubles: Float64Array.of(1.5, 0, 0), shape: [3] },
          nodes_truenodeids: [1, 0, 0],
          nodes_falsenodeids: [2, 0, 0],
          target_treeids: [0, 0],
          target_nodeids: [1, 2],
          target_ids: [0, 0],
          target_weights_as_tensor: { doubles: Float64Array.of(10.125, -3), shape: [2] },
        },
      },
      { name: 'wide', op: 'Cast', domain: '', inputs: ['leaf'], outputs: ['doubles'], attributes: { to: 11 } },
      { name: 'sum', op: 'Add', domain: '', inputs: ['doubles', 'right'], outputs: ['prediction'], attributes: {} },
      {
        name: 'best',
        op: 'ArgMax',
        domain: '',
        inputs: ['spectra'],
        outputs: ['label'],
        attributes: { axis: 1, keepdims: 0 },
      },
    ],
  });
  const session = await onnxRuntimeNode.load(bytes, 'tree.onnx');
  expect(session.outputs).toEqual([
    { name: 'prediction', integer: false },
    { name: 'label', integer: true },
  ]);
  const answers = await session.run(fromRows([[1, 2], [3, 0.5]])); // prettier-ignore
  expect(answers).toEqual([Float64Array.of(12.125, -2.5), Float64Array.of(1, 0)]);
  await session.close();
});

test('single precision attributes', async () => {
  const bytes = encodeOnnxModel({
    ...model({}),
    nodes: [
      { name: 'narrow', op: 'Cast', domain: '', inputs: ['spectra'], outputs: ['single'], attributes: { to: 1 } },
      {
        name: 'line',
        op: 'LinearRegressor',
        domain: 'ai.onnx.ml',
        inputs: ['single'],
        outputs: ['y'],
        attributes: { coefficients: { floats: [0.5, -2] }, intercepts: { floats: [1] } },
      },
      {
        name: 'leaky',
        op: 'LeakyRelu',
        domain: '',
        inputs: ['y'],
        outputs: ['z'],
        attributes: { alpha: { float: 0.25 } },
      },
      { name: 'wide', op: 'Cast', domain: '', inputs: ['z'], outputs: ['prediction'], attributes: { to: 11 } },
    ],
  });
  const session = await onnxRuntimeNode.load(bytes, 'line.onnx');
  expect(await session.run(fromRows([[4, 1], [2, 3]]))).toEqual([Float64Array.of(1, -1)]); // prettier-ignore
  await session.close();
});
