import { describe, expect, test } from 'vitest';
import { predictChain } from '#core/data/predictChain.ts';
import { onnxRuntimeNode as runtime } from '#core/export/onnxRuntimeNode.ts';
import { predictWithBundle } from '#core/export/predictWithBundle.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { verifyBundle } from '#core/export/verifyExport.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { fromRows } from '#core/numerics/matrix.ts';
import { parts, reading } from '#tests/unit/core/export/support/testBundle.ts';
import { chain, lookup, sha256, spectra } from '#tests/unit/core/export/support/testChain.ts';

const using = { runtime, lookup, file: 'fat.refract' };
const engine = predictChain(chain, spectra, lookup);
const reference = {
  x: spectra,
  predicted: engine,
  probabilities: null,
  classes: null,
  sampleIds: ['A1', 'A2', 'A3', 'A4'],
};

test.each([
  ['through its ONNX graph', parts],
  ['from its state where it has no graph', { ...parts, onnx: null }],
])('predicts %s, with flags', async (_, content) => {
  const bundle = readBundle(writeBundle(content, sha256), reading);
  const { predicted, flags } = await predictWithBundle(bundle, spectra, using);
  predicted.forEach((value, i) => expect(value).toBeCloseTo(engine[i] ?? NaN, 10));
  expect(flags.outsideY).toEqual([true, true, true, true]); // the test's domain is 1 to 4, predictions are near 50
});

test('refuses spectra of another length', async () => {
  const bundle = readBundle(writeBundle(parts, sha256), reading);
  await expect(predictWithBundle(bundle, fromRows([[1, 2]]), using)).rejects.toMatchObject({
    code: 'predict.model-columns',
  });
});

describe('a bundle whose parts do not belong together', () => {
  const wrong = { ...parts, examples: { ...parts.examples, predicted: parts.examples.predicted.map((v) => v + 1e-3) } };
  test('is refused before it predicts anything', async () => {
    const bundle = readBundle(writeBundle(wrong, sha256), reading);
    const refusal = { code: 'predict.examples', details: { file: 'fat.refract' } };
    await expect(predictWithBundle(bundle, spectra, using)).rejects.toMatchObject(refusal);
  });

  test('does not pass the verification of an export', async () => {
    await expect(verifyBundle(runtime, writeBundle(wrong, sha256), reference, reading)).rejects.toMatchObject({
      code: 'export.mismatch',
    });
  });
});

test('a good bundle passes the verification of an export', async () => {
  const verified = await verifyBundle(runtime, writeBundle(parts, sha256), reference, reading);
  expect(verified.n).toBe(4);
  expect(verified.maxRelativeDifference).toBeLessThan(1e-14);
});
