import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fourierResampling } from '#core/numerics/fourierResampling.ts';
import { mapRows } from '#core/numerics/mapRows.ts';
import { fromRows, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const cases = (
  golden('features.json') as { wavelet: { wavelet: string; mode: string; channels: number; values: number[][] }[] }
).wavelet;
const two = takeRows(tecator().x, [0, 1]);

describe('agrees with PyWavelets and SciPy on Tecator', () => {
  test.each(cases)('$wavelet $mode $channels', ({ wavelet, mode, channels, values }) => {
    const part = mapRows(two, channels, (from, into) => {
      into.set(from.subarray(0, channels));
    });
    const expected = values.flat();
    expect(relativeError(transformCalled('Wavelet', { wavelet, mode }).fitApply(part).data, expected)).toBeLessThan(
      1e-10,
    );
    if (wavelet === 'haar' && mode === 'periodization')
      expect(relativeError(transformCalled('Haar').fitApply(part).data, expected)).toBeLessThan(1e-10);
  });
});

const levels = (
  golden('features.json') as {
    wavelet_levels: { wavelet: string; max_level: number; features: number[][]; pca: number[][]; svd: number[][] }[];
  }
).wavelet_levels;

describe('several levels agree with PyWavelets, NumPy and scikit-learn', () => {
  const { x } = tecator();
  const largestColumnError = (actual: Matrix, expected: number[][]): number =>
    Math.max(
      ...Array.from({ length: actual.cols }, (_, k) =>
        relativeError(
          Array.from({ length: expected.length }, (__, i) => actual.data[i * actual.cols + k] ?? NaN),
          expected.map((row) => row[k] ?? NaN),
        ),
      ),
    );
  test.each(levels)('$wavelet $max_level', ({ wavelet, max_level, features, pca, svd }) => {
    const figures = transformCalled('WaveletFeatures', { wavelet, max_level, n_coeffs_per_level: 12 });
    expect(relativeError(figures.fitApply(takeRows(x, [0, 1, 2])).data, features.flat())).toBeLessThan(1e-11);
    expect(largestColumnError(transformCalled('WaveletPCA', { wavelet, max_level }).fitApply(x), pca)).toBeLessThan(
      1e-6,
    );
    expect(largestColumnError(transformCalled('WaveletSVD', { wavelet, max_level }).fitApply(x), svd)).toBeLessThan(
      1e-6,
    );
  });
});

test('Fourier interpolation keeps the known values and is exact for waves that fit into the period', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 3 }), fc.nat(1000), (n, times, seed) => {
      const m = n * times;
      const weights = fourierResampling(n, m);
      const frequency = seed % Math.ceil(n / 2);
      const wave = (t: number): number => Math.cos(2 * Math.PI * frequency * t + seed);
      for (let i = 0; i < m; i++) {
        let value = 0;
        for (let j = 0; j < n; j++) value += (weights[i * n + j] ?? 0) * wave(j / n);
        expect(Math.abs(value - wave(i / m))).toBeLessThan(1e-12);
      }
    }),
  );
});

test('an offset vanishes', () => {
  fc.assert(
    fc.property(spectra(1, 8), fc.double({ min: -3, max: 3, noNaN: true }), (x, offset) => {
      const shifted = { ...x, data: x.data.map((value) => value + offset) };
      const { fitApply } = transformCalled('Haar');
      const difference = fitApply(shifted).data.map((value, i) => value - (fitApply(x).data[i] ?? 0));
      expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-12);
    }),
    { numRuns: 20 },
  );
});

test('too few channels are refused', () => {
  expect(() => transformCalled('Haar').fitApply(fromRows([[1]]))).toThrow('at least 2 channels');
  expect(() => transformCalled('Wavelet', { wavelet: 'db8', mode: 'zero' }).fitApply(fromRows([[1, 2, 4]]))).toThrow(
    'is too long for spectra of 3 channels',
  );
});
