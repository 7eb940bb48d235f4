import { describe, expect, test } from 'vitest';
import { predictChain } from '#core/data/predictChain.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxRuntimeNode as runtime } from '#core/export/onnxRuntimeNode.ts';
import { predictWithOnnx } from '#core/export/predictWithOnnx.ts';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { foreignOnnx } from '#tests/unit/core/export/support/foreignOnnx.ts';
import { chain, lineage, lookup, model, spectra } from '#tests/unit/core/export/support/testChain.ts';

const refusal = (code: string) => ({ code });

describe('our own model', () => {
  const bytes = modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage });

  test('predicts large and shared sets in portions, exactly as in one piece', async () => {
    const rows = 1_500_000; // more than one portion of 4 M values
    const data = new Float64Array(new SharedArrayBuffer(rows * 3 * 8));
    for (let k = 0; k < data.length; k++) data[k] = Math.sin(k);
    const { predicted: values } = await predictWithOnnx(runtime, bytes, matrix(rows, 3, data), 'a.onnx');
    expect(values).toHaveLength(rows);
    for (const i of [0, 1, 1_398_101, 1_398_102, rows - 1]) {
      const [engine] = predictChain(chain, { rows: 1, cols: 3, data: data.slice(i * 3, i * 3 + 3) }, lookup);
      expect(values[i]).toBeCloseTo(engine ?? NaN, 10);
    }
  });

  test('predicts nothing for no spectra', async () => {
    const { predicted: values } = await predictWithOnnx(runtime, bytes, matrix(0, 3, new Float64Array()), 'a.onnx');
    expect(values).toEqual(new Float64Array());
  });

  test('refuses spectra of another length', async () => {
    const four = matrix(1, 4, new Float64Array(4));
    await expect(predictWithOnnx(runtime, bytes, four, 'a.onnx')).rejects.toThrow(
      'a.onnx expects 3 values a spectrum, the data has 4.',
    );
  });
});

describe('a foreign model', () => {
  test('in single precision, with its weights listed among the inputs, predicts', async () => {
    const bytes = foreignOnnx({ coef: [1, 2, 3], weightsAsInputs: true });
    const { predicted: values, metadata } = await predictWithOnnx(runtime, bytes, spectra, 'b.onnx');
    const expected = Float64Array.from({ length: 4 }, (_, i) =>
      [1, 2, 3].reduce((s, b, j) => s + b * (spectra.data[i * 3 + j] ?? 0), 0),
    );
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));
    expect(readOnnxOrigin(metadata, 'b.onnx')).toBeNull();
  });

  test.each([
    ['with two inputs', foreignOnnx({ coef: [1, 2, 3], extraInput: true }), 'predict.model-output', 'it has 2 inputs'],
    [
      'with several values a spectrum',
      foreignOnnx({ coef: [1, 2, 3], outputs: 2 }),
      'predict.model-output',
      'one value a spectrum',
    ],
    [
      'that reads other files',
      foreignOnnx({ coef: [1, 2, 3], external: '/etc/passwd' }),
      'predict.model-unreadable',
      'numbers in other files',
    ],
    [
      'that reads other files inside a node',
      foreignOnnx({ coef: [1, 2, 3], externalInNode: 'secret' }),
      'predict.model-unreadable',
      'other files',
    ],
    ['with an unknown operator', foreignOnnx({ coef: [1, 2, 3], op: 'Guess' }), 'predict.model-unreadable', 'Guess'],
    [
      'that is no model',
      Uint8Array.from(Buffer.from('hello')),
      'predict.model-unreadable',
      'b.onnx cannot be read as an ONNX model',
    ],
    ['that is empty', new Uint8Array(), 'predict.model-unreadable', 'it holds no model'],
    ['that is cut off', foreignOnnx({ coef: [1, 2, 3] }).slice(0, -3), 'predict.model-unreadable', 'cut off'],
  ])('%s is refused', async (_, bytes, code, words) => {
    const answer = predictWithOnnx(runtime, bytes, spectra, 'b.onnx');
    await expect(answer).rejects.toMatchObject(refusal(code));
    await expect(answer).rejects.toThrow(words);
  });
});
