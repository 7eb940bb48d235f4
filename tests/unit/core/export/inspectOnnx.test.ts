import { expect, test } from 'vitest';
import { inspectOnnx } from '#core/export/inspectOnnx.ts';
import { foreignOnnx } from '#tests/unit/core/export/support/foreignOnnx.ts';

test('says what a foreign model takes and gives; its constants are no inputs', () => {
  const summary = inspectOnnx(foreignOnnx({ coef: [1, 2, 3], weightsAsInputs: true }), 'b.onnx');
  expect(summary).toEqual({
    irVersion: 3,
    producer: 'elsewhere',
    producerVersion: '',
    metadata: new Map(),
    inputs: [{ name: 'X', elementType: 1, shape: ['batch', 3] }],
    outputs: [{ name: 'Y', elementType: 1, shape: ['batch', 1] }],
  });
});

test('graphs inside graphs end somewhere', () => {
  expect(() => inspectOnnx(foreignOnnx({ coef: [1], nesting: 40 }), 'b.onnx')).toThrow('nested too deeply');
});
