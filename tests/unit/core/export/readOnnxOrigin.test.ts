import { expect, test } from 'vitest';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';

test('a foreign model has no origin, and a damaged one is told', () => {
  expect(readOnnxOrigin(new Map(), 'a.onnx')).toBeNull();
  expect(() => readOnnxOrigin(new Map([['refract.version', '0.1.0']]), 'a.onnx')).toThrow(
    expect.objectContaining({ code: 'predict.model-unreadable' }) as Error,
  );
});

test('the calibrated range is optional: files of other versions do not have it', () => {
  const entries: [string, string][] = [
    ['refract.version', '0.1.0'],
    ['refract.axis.values', '[850, 852]'],
    ['refract.axis.unit', 'nm'],
    ['refract.target.name', 'fat'],
    ['refract.target.unit', ''],
    ['refract.steps', '[]'],
    ['refract.lineage', '{"runId":"r","variant":"0","datasetName":"d","datasetHash":"h","pipelineHash":"p","seed":0}'],
  ];
  expect(readOnnxOrigin(new Map(entries), 'a.onnx')?.targetRange).toBeNull();
  const withRange = new Map([...entries, ['refract.target.range', '[0.9, 49.1]'] as const]);
  expect(readOnnxOrigin(withRange, 'a.onnx')?.targetRange).toEqual({ min: 0.9, max: 49.1 });
  withRange.set('refract.target.range', '["low"]');
  expect(() => readOnnxOrigin(withRange, 'a.onnx')).toThrow(
    expect.objectContaining({ code: 'predict.model-unreadable' }) as Error,
  );
});
