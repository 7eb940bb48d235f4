import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { gain, offset, spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const affine = (x: Matrix, a: number, b: number): Matrix => ({ ...x, data: x.data.map((value) => a * value + b) });
const line = fromRows([Array.from({ length: 60 }, (_, j) => 5 + 0.25 * j)]);
/** Values far enough from the ends of the line. */
const inside = (x: Matrix): number[] => [...x.data.subarray(20, 40)];

describe.each([
  ['FirstDerivative', {}, 1],
  ['Derivate', { order: 1 }, 1],
  ['NorrisWilliams', {}, 1],
  ['Gaussian', { order: 1, sigma: 2 }, 1],
  ['SecondDerivative', {}, 2],
  ['Derivate', { order: 2 }, 2],
  ['NorrisWilliams', { deriv: 2 }, 2],
  ['Gaussian', { order: 2, sigma: 2 }, 2],
] as const)('%s %o', (id, params, order) => {
  const derivative = transformCalled(id, params);
  test('removes an offset and keeps the gain', () => {
    fc.assert(
      fc.property(spectra(1, 30), gain(), offset(), (x, a, b) => {
        const expected = affine(derivative.fitApply(x), a, 0);
        const size = Math.max(...expected.data.map(Math.abs));
        const actual = derivative.fitApply(affine(x, a, b));
        // The cut-off bell of the Gaussian lets about 10⁻⁴ of an offset through, in SciPy too.
        const tolerance = id === 'Gaussian' ? 1e-3 : 1e-12;
        expect(relativeError(actual.data, expected.data) * size).toBeLessThan(tolerance);
      }),
    );
  });
  test('gives the slope of a line, or nothing', () => {
    const expected = inside(line).map(() => (order === 1 ? 0.25 : 0));
    // The density of a Gaussian is sampled, so its first moment is exact to about 10⁻³.
    const tolerance = id === 'Gaussian' ? 2e-3 : 1e-12;
    expect(relativeError(inside(derivative.fitApply(line)), expected)).toBeLessThan(tolerance);
  });
});

test.each([
  ['MovingAverage', { window_size: 7 }],
  ['Gaussian', { order: 0, sigma: 2 }],
  ['WaveletDenoise', { mode: 'smooth' }],
] as const)('%s leaves a level spectrum as it is', (id, params) => {
  const level = fromRows([new Array<number>(50).fill(3.7)]);
  expect(relativeError(transformCalled(id, params).fitApply(level).data, level.data)).toBeLessThan(1e-9);
});

test('wavelet denoising brings a noisy spectrum closer to the clean one', () => {
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const clean = Array.from(
        { length: 256 },
        (_, j) => Math.exp(-(((j - 90) / 18) ** 2)) + Math.exp(-(((j - 180) / 9) ** 2)),
      );
      let state = seed + 1;
      const noise = clean.map(() => ((state = (state * 48271) % 2147483647) / 2147483647 - 0.5) * 0.3);
      const noisy = clean.map((value, j) => value + (noise[j] ?? NaN));
      const out = transformCalled('WaveletDenoise', { mode: 'symmetric', level: 4 }).fitApply(fromRows([noisy])).data;
      const error = (v: ArrayLike<number>): number =>
        clean.reduce((sum, value, j) => sum + ((v[j] ?? NaN) - value) ** 2, 0);
      expect(error(out)).toBeLessThan(0.6 * error(noisy));
    }),
  );
});

test('too few channels for a difference', () => {
  expect(() => transformCalled('FirstDerivative').fitApply(fromRows([[1, 2]]))).toThrow(
    expect.objectContaining({ code: 'numerics.too-few' }),
  );
  expect([...transformCalled('Derivate').fitApply(fromRows([[1, 3]])).data]).toEqual([2, 2]);
});
