import { expect, test } from 'vitest';
import { pooledPredictions } from '#core/metrics/pooledPredictions.ts';

test('a sample predicted several times counts once, with the mean', () => {
  const pooled = pooledPredictions(4, [
    { validation: Int32Array.of(0, 2), predicted: Float64Array.of(1, 5) },
    { validation: Int32Array.of(2, 1), predicted: Float64Array.of(7, 3) },
  ]);
  expect([...pooled.rows]).toEqual([0, 1, 2]);
  expect([...pooled.predicted]).toEqual([1, 3, 6]);
  expect([...pooled.times]).toEqual([1, 1, 2]);
});

test('without folds nothing is pooled', () => {
  expect(pooledPredictions(3, []).rows).toHaveLength(0);
});

test('a fold with a missing prediction is refused', () => {
  expect(() => pooledPredictions(3, [{ validation: Int32Array.of(0, 1), predicted: Float64Array.of(1) }])).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
});
