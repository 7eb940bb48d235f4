import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { waveletModes } from '#core/numerics/discreteWavelet.ts';
import { waveletFilters, waveletNames } from '#core/numerics/waveletFilters.ts';
import { fromWaveletLevels, usefulWaveletLevels, waveletLevels } from '#core/numerics/waveletLevels.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const signal = (n: number, seed: number): Float64Array => {
  const draws = randomState(seed);
  return Float64Array.from({ length: n }, () => draws.normal());
};

test('all levels put together again give the signal, for every wavelet and every way to treat the ends', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...waveletNames),
      fc.constantFrom(...waveletModes),
      fc.integer({ min: 2, max: 120 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(10_000),
      (name, mode, n, levels, seed) => {
        const x = signal(n, seed);
        const filters = waveletFilters(name);
        const back = fromWaveletLevels(waveletLevels(x, filters, mode, levels), filters, mode);
        // The printed digits of the longer filters are orthogonal to about 10⁻¹¹.
        expect(relativeError(back.subarray(0, n), x)).toBeLessThan(1e-9);
      },
    ),
  );
});

test('the filters are orthonormal, also to their own shifts', () => {
  for (const name of waveletNames) {
    const { decompositionLow: low, decompositionHigh: high } = waveletFilters(name);
    const product = (a: Float64Array, b: Float64Array, shift: number): number =>
      a.reduce((sum, value, k) => sum + value * (b[k + shift] ?? 0), 0);
    for (let shift = 0; shift < low.length; shift += 2) {
      const one = shift === 0 ? 1 : 0;
      expect(Math.abs(product(low, low, shift) - one), name).toBeLessThan(1e-10);
      expect(Math.abs(product(high, high, shift) - one), name).toBeLessThan(1e-10);
      expect(Math.abs(product(low, high, shift)), name).toBeLessThan(1e-10);
    }
  }
});

test('periodization keeps the number of values when it is a power of two', () => {
  const parts = waveletLevels(signal(64, 1), waveletFilters('db4'), 'periodization', 3);
  expect(parts.map((part) => part.length)).toEqual([8, 8, 16, 32]);
});

test('useful levels as PyWavelets counts them', () => {
  expect([
    usefulWaveletLevels(100, 8),
    usefulWaveletLevels(100, 2),
    usefulWaveletLevels(8, 16),
    usefulWaveletLevels(700, 8),
  ]).toEqual([3, 6, 0, 6]);
});
