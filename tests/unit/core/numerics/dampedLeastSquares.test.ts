import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { dampedLeastSquares } from '#core/numerics/dampedLeastSquares.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { columnOf, type Matrix } from '#core/numerics/matrix.ts';
import { spectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test('agrees with the formula on singular values', () => {
  fc.assert(
    fc.property(spectra(2), fc.constantFrom(1e-4, 1e-2, 1, 100), (x, alpha) => {
      const y = syntheticTarget(x, 1);
      expect(relativeError(dampedLeastSquares(x, y, alpha, neverCancelled), bySvd(x, y, alpha))).toBeLessThan(1e-9);
    }),
    { numRuns: 50 },
  );
});

test('without a penalty it is least squares: residuals are orthogonal to the columns', () => {
  const x = { rows: 5, cols: 2, data: Float64Array.of(1, 0, 1, 1, 1, 2, 1, 3, 1, 4) };
  const b = dampedLeastSquares(x, Float64Array.of(1, 3, 5, 7, 9.5), 0, neverCancelled);
  expect(relativeError(b, [0.9, 2.1])).toBeLessThan(1e-13);
});

test('nothing to explain gives zeros', () => {
  const x = { rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, 4) };
  expect([...dampedLeastSquares(x, new Float64Array(2), 1, neverCancelled)]).toEqual([0, 0]);
  const orthogonal = { rows: 2, cols: 1, data: Float64Array.of(1, 0) };
  expect([...dampedLeastSquares(orthogonal, Float64Array.of(0, 5), 1, neverCancelled)]).toEqual([0]);
});

/** b = V diag(s / (s² + α)) U'y. Beyond the rank the left vectors are rounding, and their share of y is none. */
function bySvd(x: Matrix, y: Float64Array, alpha: number): Float64Array {
  const { s, u, v } = jacobiSvd(Array.from({ length: x.cols }, (_, j) => columnOf(x, j)));
  const b = new Float64Array(x.cols);
  s.forEach((value, k) => {
    if (value <= 1e-12 * (s[0] ?? 0)) return;
    const along = (u[k] ?? new Float64Array(0)).reduce((sum, entry, i) => sum + entry * (y[i] ?? 0), 0);
    for (let j = 0; j < x.cols; j++)
      b[j] = (b[j] ?? 0) + ((value * along) / (value * value + alpha)) * (v[k]?.[j] ?? 0);
  });
  return b;
}
