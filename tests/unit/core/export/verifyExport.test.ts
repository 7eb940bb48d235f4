import { describe, expect, test } from 'vitest';
import { predictChain } from '#core/data/fittedChain.ts';
import { chainToOnnx } from '#core/export/chainToOnnx.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { compareWithEngine, verifyOnnx } from '#core/export/verifyExport.ts';
import { chain, lineage, lookup, spectra } from '#tests/unit/core/export/support/testChain.ts';

const bytes = chainToOnnx(chain, lookup, { appVersion: '0.1.0', lineage });
const engine = predictChain(chain, spectra, lookup);
const sampleIds = ['A1', 'A2', 'A3', 'A4'];

test('a good export agrees', async () => {
  const verified = await verifyOnnx(onnxRuntimeNode, bytes, { x: spectra, engine, sampleIds }, 'fat.onnx');
  expect(verified.n).toBe(4);
  expect(verified.maxRelativeDifference).toBeLessThan(1e-14);
});

test('a wrong export fails with the worst sample and its difference', async () => {
  const other = engine.slice();
  other[2] = (other[2] ?? 0) * (1 + 1e-8);
  const verified = verifyOnnx(onnxRuntimeNode, bytes, { x: spectra, engine: other, sampleIds }, 'fat.onnx');
  await expect(verified).rejects.toMatchObject({ code: 'export.mismatch', details: { sample: 'A3' } });
  await expect(verified).rejects.toThrow('relative difference 1.0e-8, allowed 1e-9');
});

describe('the difference', () => {
  const compare = (exported: number[], own: number[]) =>
    compareWithEngine(Float64Array.from(exported), {
      engine: Float64Array.from(own),
      sampleIds: own.map((_, i) => `S${i}`),
    });

  test('is relative to the sample, or to the mean size of all where the sample is near zero', () => {
    expect(compare([0, 100 + 1e-8], [0, 100]).maxRelativeDifference).toBeCloseTo(1e-10, 13);
    expect(compare([1e-9, 100], [0, 100])).toMatchObject({ worstSample: 'S0', n: 2 });
    expect(compare([1e-9, 100], [0, 100]).maxRelativeDifference).toBeCloseTo(2e-11, 14);
  });

  test('is zero for equal predictions, all zeros included', () => {
    expect(compare([0, 0], [0, 0]).maxRelativeDifference).toBe(0);
  });

  test.each([
    ['not a number', [NaN], [1]],
    ['infinite', [Infinity], [Infinity]],
    ['missing', [], [1]],
  ])('is infinite for a value that is %s', (_, exported, own) => {
    expect(() => compare(exported, own)).toThrow(expect.objectContaining({ code: 'export.mismatch' }) as Error);
  });

  test('of nothing is no verification', () => {
    expect(() => compare([], [])).toThrow(expect.objectContaining({ code: 'export.nothing-to-compare' }) as Error);
  });
});
