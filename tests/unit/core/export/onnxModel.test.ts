import { expect, test } from 'vitest';
import { encodeOnnxModel, type OnnxModel } from '#core/export/onnxModel.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { fromRows } from '#core/numerics/matrix.ts';

const model = (attributes: Record<string, number | number[]>): OnnxModel => ({
  name: 'test',
  producerVersion: '0',
  description: '',
  input: { name: 'spectra', cols: 2 },
  output: { name: 'prediction', cols: 1 },
  nodes: [{ name: 'mean', op: 'ReduceMean', inputs: ['spectra'], output: 'prediction', attributes }],
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
  ]);
  await session.close();
});

test('the order of the attributes does not change the bytes', () => {
  expect(encodeOnnxModel(model({ axes: [1], keepdims: 1 }))).toEqual(
    encodeOnnxModel(model({ keepdims: 1, axes: [1] })),
  );
});
