import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRows } from '#core/numerics/matrix.ts';
import { offset, spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test('differentiates a parabola exactly, ends included', () => {
  const parabola = fromRows([Array.from({ length: 20 }, (_, j) => 3 * j * j - 2 * j + 1)]);
  const first = transformCalled('SavitzkyGolay', { window_length: 7, polyorder: 2, deriv: 1 }).fitApply(parabola);
  expect(
    relativeError(
      first.data,
      Array.from({ length: 20 }, (_, j) => 6 * j - 2),
    ),
  ).toBeLessThan(1e-12);
});

test('a derivative ignores an offset, and twice the spacing halves it', () => {
  const derivative = (delta: number) => transformCalled('SavitzkyGolay', { deriv: 1, delta });
  fc.assert(
    fc.property(spectra(), offset(), (x, b) => {
      const plain = derivative(1).fitApply(x).data;
      const shifted = { ...x, data: x.data.map((value) => value + b) };
      expect(relativeError(derivative(1).fitApply(shifted).data, plain)).toBeLessThan(1e-9);
      expect(
        relativeError(
          derivative(2).fitApply(x).data,
          plain.map((value) => value / 2),
        ),
      ).toBeLessThan(1e-12);
    }),
  );
});

test('a window as wide as the spectrum works, a wider one is refused', () => {
  const x = fromRows([[1, 4, 9, 16, 25]]);
  expect(transformCalled('SavitzkyGolay', { window_length: 5, polyorder: 2 }).fitApply(x).cols).toBe(5);
  expect(() => transformCalled('SavitzkyGolay', { window_length: 7 }).fitApply(x)).toThrow(
    'SavitzkyGolay: window_length is 7, but the spectra have only 5 channels. Choose a smaller window.',
  );
});
