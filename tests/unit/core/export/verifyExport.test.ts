import { expect, test } from 'vitest';
import { predictChainFully } from '#core/data/predictChain.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { verifyOnnx } from '#core/export/verifyExport.ts';
import { chain, lineage, lookup, model, spectra } from '#tests/unit/core/export/support/testChain.ts';

const bytes = modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage });
const engine = predictChainFully(chain, spectra, lookup);
const reference = { ...engine, x: spectra, classes: null, sampleIds: ['A1', 'A2', 'A3', 'A4'] };

test('a good export agrees', async () => {
  const verified = await verifyOnnx(onnxRuntimeNode, bytes, reference, 'fat.onnx');
  expect(verified.n).toBe(4);
  expect(verified.maxRelativeDifference).toBeLessThan(1e-14);
});

test('a wrong export fails with the worst sample and its difference', async () => {
  const predicted = engine.predicted.slice();
  predicted[2] = (predicted[2] ?? 0) * (1 + 1e-8);
  const verified = verifyOnnx(onnxRuntimeNode, bytes, { ...reference, predicted }, 'fat.onnx');
  await expect(verified).rejects.toMatchObject({ code: 'export.mismatch', details: { sample: 'A3' } });
  await expect(verified).rejects.toThrow('relative difference 1.0e-8, allowed 1e-9');
});

test('what is allowed is stated', async () => {
  const verified = await verifyOnnx(onnxRuntimeNode, bytes, reference, 'fat.onnx', 1e-4);
  expect(verified.tolerance).toBe(1e-4);
});
