import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cholesky } from '#core/numerics/cholesky.ts';
import { matrix, rowOf } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { squaredDistances } from '#core/numerics/squaredDistances.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test('solves, inverts and gives the determinant of matrices that it accepts', () => {
  fc.assert(
    fc.property(spectra(2), (x) => {
      const distances = squaredDistances(x);
      const n = x.rows;
      const a = matrix(
        n,
        n,
        distances.data.map((d, at) => Math.exp(-d) + (at % (n + 1) === 0 ? 0.1 : 0)),
      );
      const factor = cholesky(a);
      if (!factor) throw new Error('This matrix is positive definite.');
      const b = Float64Array.from({ length: n }, (_, i) => Math.sin(i));
      expect(relativeError(matrixTimesVector(a, factor.solve(b)), b)).toBeLessThan(1e-12);
      expect(relativeError(matrixTimesVector(factor.inverse(), b), factor.solve(b))).toBeLessThan(1e-12);
      const product = Array.from({ length: n }, (_, i) => rowOf(factor.lower, i)[i] ?? NaN).reduce(
        (p, v) => p * v * v,
        1,
      );
      expect(Math.exp(factor.logDeterminant)).toBeCloseTo(product, 10);
    }),
    { numRuns: 30 },
  );
});

test('by hand: [4 2; 2 5]', () => {
  const factor = cholesky(matrix(2, 2, Float64Array.of(4, 2, 2, 5)));
  expect([...(factor?.lower.data ?? [])]).toEqual([2, 0, 1, 2]);
  expect(factor?.logDeterminant).toBeCloseTo(Math.log(16), 14);
});

test('refuses what is not positive definite', () => {
  expect(cholesky(matrix(2, 2, Float64Array.of(1, 2, 2, 1)))).toBeNull();
  expect(cholesky(matrix(1, 1, Float64Array.of(NaN)))).toBeNull();
});
