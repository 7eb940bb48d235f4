import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { columnOf, fromRows, zeros } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { spectra, syntheticSpectra } from '#tests/support/arbitraries.ts';
import { referenceGolden, tecator } from '#tests/support/golden.ts';
import { hasReferenceData } from '#tests/support/referenceData.ts';
import { largestRelativeError, relativeError } from '#tests/support/tolerance.ts';

test('agrees with scikit-learn’s PCA of Tecator', () => {
  if (!hasReferenceData()) {
    console.warn('Reference data missing: principal components are not compared. Set REFRACT_REFERENCE_DATA.');
    return;
  }
  const { x } = tecator();
  const expected = (referenceGolden('pca.json') as Record<string, { singular_values: number[]; loadings: number[][] }>)[
    'tecator_centered'
  ];
  const { s, v } = leadingSingularVectors(standardiseColumns(x, columnMeans(x), null), 10, neverCancelled);
  expect(largestRelativeError(s, expected?.singular_values ?? [])).toBeLessThan(1e-10);
  expected?.loadings.forEach((loading, k) => {
    const ours = v[k] ?? new Float64Array(0);
    const sign = Math.sign(ours.reduce((sum, value, j) => sum + value * (loading[j] ?? 0), 0)); // signs are arbitrary
    expect(
      relativeError(
        ours.map((value) => sign * value),
        loading,
      ),
    ).toBeLessThan(1e-10);
  });
});

test('agrees with the Jacobi decomposition', () => {
  fc.assert(
    fc.property(spectra(3), fc.integer({ min: 1, max: 3 }), (x, count) => {
      const centred = standardiseColumns(x, columnMeans(x), null);
      const dense = jacobiSvd(Array.from({ length: centred.cols }, (_, j) => columnOf(centred, j)));
      const { s, v } = leadingSingularVectors(centred, Math.min(count, x.rows - 1), neverCancelled);
      expect(relativeError(s, dense.s.slice(0, s.length))).toBeLessThan(1e-12);
      for (const vector of v) expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)));
    }),
    { numRuns: 40 },
  );
});

test('finds singular values that occur several times', () => {
  const x = zeros(6, 6);
  [5, 5, 5, 2, 2, 0].forEach((value, i) => (x.data[i * 7] = value));
  expect([...leadingSingularVectors(x, 6, neverCancelled).s].map((value) => Number(value.toFixed(12)))).toEqual([
    5, 5, 5, 2, 2,
  ]);
});

test('stops at the rank, and finds nothing in a zero matrix', () => {
  const x = fromRows([[1, 2, 3], [2, 4, 6], [-1, -2, -3]]); // prettier-ignore
  expect(leadingSingularVectors(x, 3, neverCancelled).s).toHaveLength(1);
  expect(leadingSingularVectors(zeros(4, 3), 2, neverCancelled).s).toHaveLength(0);
});

test('gives the same bytes every time', () => {
  const x = syntheticSpectra(30, 50, 2);
  expect(leadingSingularVectors(x, 5, neverCancelled)).toEqual(leadingSingularVectors(x, 5, neverCancelled));
});
