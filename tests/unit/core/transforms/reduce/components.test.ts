import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnOf, matrix, rowOf, takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const known = golden('features.json') as {
  pca: { scores: number[][]; whitened: number[][]; components_for: Record<string, number> };
  truncated_svd: number[][];
  pls_scores: { scaled: number[][]; unscaled: number[][]; classes_10_25: number[][] };
};
const { x, target } = tecator();
const fat = target('fat');

function fitted(id: string, params: Record<string, unknown>, on: Matrix = x, y?: Float64Array, classCount = 0) {
  const { operator, params: parsed } = transformCalled(id, params);
  const context = fitContext(on, { ...(y ? { y } : {}), classCount });
  const state = operator.fit(on, parsed, context);
  return { apply: (spectra_: Matrix) => operator.apply(spectra_, state, parsed), notices: context.notices };
}
/** Column by column: later components are smaller by orders of magnitude. */
function largestColumnError(actual: Matrix, expected: number[][]): number {
  return Math.max(
    ...Array.from({ length: actual.cols }, (_, k) =>
      relativeError(
        columnOf(actual, k),
        expected.map((row) => row[k] ?? NaN),
      ),
    ),
  );
}
const firstFive = takeRows(x, [0, 1, 2, 3, 4]);

describe('agrees with scikit-learn on Tecator', () => {
  test('PCA', () => {
    expect(largestColumnError(fitted('PCA', { n_components: 5 }).apply(firstFive), known.pca.scores)).toBeLessThan(
      1e-9,
    );
    const whitened = fitted('PCA', { n_components: 5, whiten: true }).apply(firstFive);
    expect(largestColumnError(whitened, known.pca.whitened)).toBeLessThan(1e-9);
  });
  test('numbers of components for a share of the variance', () => {
    for (const [share, count] of Object.entries(known.pca.components_for))
      for (const id of ['PCA', 'FlexiblePCA'])
        expect(fitted(id, { n_components: Number(share) }).apply(firstFive).cols).toBe(count);
  });
  test('TruncatedSVD and FlexibleSVD', () => {
    for (const id of ['TruncatedSVD', 'FlexibleSVD'])
      expect(largestColumnError(fitted(id, { n_components: 4 }).apply(firstFive), known.truncated_svd)).toBeLessThan(
        1e-9,
      );
  });
  test('PLSScores', () => {
    const scores = (scale: boolean) => fitted('PLSScores', { n_components: 6, scale }, x, fat).apply(firstFive);
    expect(largestColumnError(scores(true), known.pls_scores.scaled)).toBeLessThan(1e-8);
    expect(largestColumnError(scores(false), known.pls_scores.unscaled)).toBeLessThan(1e-8);
  });
  test('PLSScores of three classes', () => {
    const codes = fat.map((value) => (value < 10 ? 0 : value < 25 ? 1 : 2));
    const scores = fitted('PLSScores', { n_components: 4 }, x, codes, 3).apply(firstFive);
    // NIPALS ends its inner iterations by a tolerance; the kernel algorithm has none.
    expect(largestColumnError(scores, known.pls_scores.classes_10_25)).toBeLessThan(1e-6);
  });
});

test('all components keep all distances between spectra', () => {
  fc.assert(
    fc.property(spectra(4), (some) => {
      const scores = fitted('PCA', {}, some).apply(some);
      const distance = (m: Matrix, i: number, k: number): number =>
        Math.hypot(...rowOf(m, i).map((value, j) => value - (rowOf(m, k)[j] ?? 0)));
      for (let i = 1; i < some.rows; i++)
        expect(Math.abs(distance(scores, i, 0) - distance(some, i, 0))).toBeLessThan(1e-10);
    }),
    { numRuns: 30 },
  );
});

test('FlexibleSVD keeps what explains the share asked, and not one component more', () => {
  const { cols } = fitted('FlexibleSVD', { n_components: 0.999 }).apply(x);
  const varianceOf = (count: number): number => {
    const scores = fitted('TruncatedSVD', { n_components: count }).apply(x);
    return total(scores) / total(x);
  };
  expect(varianceOf(cols)).toBeGreaterThan(0.999);
  expect(varianceOf(cols - 1)).toBeLessThanOrEqual(0.999);
});

function total(m: Matrix): number {
  let sum = 0;
  for (let j = 0; j < m.cols; j++) {
    const column = columnOf(m, j);
    const mean = column.reduce((a, b) => a + b, 0) / m.rows;
    sum += column.reduce((a, b) => a + (b - mean) ** 2, 0);
  }
  return sum;
}

describe('asks for what the data hold', () => {
  test('more components than the rank: fewer, with a notice', () => {
    const four = takeRows(x, [0, 1, 2, 3]);
    const pca = fitted('PCA', { n_components: 10 }, four);
    expect(pca.apply(four).cols).toBe(3);
    expect(pca.notices).toEqual(['PCA: 10 components were asked for, but the spectra hold only 3.']);
    const scores = fitted('PLSScores', { n_components: 10 }, four, fat.slice(0, 4));
    expect(scores.apply(four).cols).toBe(3);
    expect(scores.notices.join()).toContain('hold only 3');
  });
  test('a share or a whole number', () => {
    expect(() => transformCalled('PCA', { n_components: 2.5 })).toThrow('whole number');
    expect(() => transformCalled('PCA', { n_components: 0 })).toThrow();
  });
  test('a target that varies', () => {
    expect(() => fitted('PLSScores', {}, x, new Float64Array(x.rows).fill(3))).toThrow('is constant');
    expect(() => fitted('PLSScores', {})).toThrow('the target is missing');
  });
  test('spectra without holes, and as many channels as before', () => {
    const holed = matrix(x.rows, x.cols, x.data.slice());
    holed.data[5] = NaN;
    for (const id of ['PCA', 'TruncatedSVD', 'FlexiblePCA', 'FlexibleSVD'])
      expect(() => fitted(id, {}, holed)).toThrow('missing or infinite');
    expect(() => fitted('PCA', {}).apply(zeros(1, 3))).toThrow('as in training');
  });
});
