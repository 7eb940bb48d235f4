import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localMixup } from '#core/augmentations/mixing/localMixup.ts';
import { mixup } from '#core/augmentations/mixing/mixup.ts';
import { fromRows, matrix, rowOf } from '#core/numerics/matrix.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { augment } from '#tests/unit/core/augmentations/support/augment.ts';

test.each([
  ['Mixup', mixup],
  ['LocalMixup', localMixup],
] as const)('%s keeps a linear relation of spectra and target', (_, operator) => {
  fc.assert(
    fc.property(spectra(3), fc.integer({ min: 0, max: 999 }), (x, seed) => {
      const target = (spectrum: Float64Array) => 5 + 3 * (spectrum[2] ?? 0) - (spectrum[7] ?? 0);
      const y = Float64Array.from({ length: x.rows }, (__, i) => target(rowOf(x, i)));
      const made = augment(operator, { alpha: 1 }, x, { y, seed });
      made.y.forEach((value, i) => {
        expect(value).toBeCloseTo(target(rowOf(made.x, i)), 9);
      });
    }),
  );
});

test('classes come from the sample with the larger weight', () => {
  // The spectrum is the class code, so that it says how much of which class is in the mixture.
  const codes = Float64Array.from({ length: 200 }, (_, i) => i % 2);
  const made = augment(mixup, { alpha: 1 }, matrix(200, 1, codes.slice()), { y: codes, classCount: 2 });
  made.y.forEach((code, i) => {
    expect(code).toBe(Math.round(made.x.data[i] ?? NaN));
  });
  expect(new Set(made.y)).toEqual(new Set([0, 1]));
});

test('partners of local mixup are near, and copies of a spectrum are none', () => {
  const x = fromRows([[0], [0], [0], [1], [1.1], [100], [101]]);
  const y = x.data.slice();
  for (let seed = 0; seed < 30; seed++) {
    const made = augment(localMixup, { alpha: 1, k_neighbors: 2 }, x, { y, seed });
    expect(Array.from(made.y.subarray(0, 5)).every((value) => value >= 0 && value <= 1.1)).toBe(true);
    // The second neighbour of 100 is 1.1.
    expect((made.y[5] ?? 0) > 1 && (made.y[5] ?? 0) <= 101).toBe(true);
  }
  const one = augment(localMixup, { k_neighbors: 1 }, x, { y, seed: 1 });
  expect((one.y[5] ?? 0) >= 100 && (one.y[6] ?? 0) >= 100).toBe(true);
});

test('one sample alone stays as it is, with a word about it', () => {
  for (const operator of [mixup, localMixup]) {
    const made = augment(operator, {}, fromRows([[1, 2, 3]]), { y: Float64Array.of(4) });
    expect([...made.x.data, ...made.y]).toEqual([1, 2, 3, 4]);
    expect(made.notices).toHaveLength(1);
  }
});
