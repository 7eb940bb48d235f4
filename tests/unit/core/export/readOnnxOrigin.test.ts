import { expect, test } from 'vitest';
import { readOnnxOrigin } from '#core/export/readOnnxOrigin.ts';

test('a foreign model has no origin, and a damaged one is told', () => {
  expect(readOnnxOrigin(new Map(), 'a.onnx')).toBeNull();
  expect(() => readOnnxOrigin(new Map([['refract.version', '0.1.0']]), 'a.onnx')).toThrow(
    expect.objectContaining({ code: 'predict.model-unreadable' }) as Error,
  );
});
