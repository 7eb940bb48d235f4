import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnOf, matrix, type Matrix } from '#core/numerics/matrix.ts';
import { spectra, syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

function fitted(id: string, params: Record<string, unknown>, x: Matrix, y: Float64Array) {
  const { operator, params: full } = modelCalled(id, params);
  const context = fitContext(x, { seed: 11 });
  const state = operator.fit(x, y, full, context);
  const linear = operator.linear?.(state, full) ?? { coef: new Float64Array(0), intercept: NaN };
  return { ...linear, notices: context.notices, predicted: operator.predict(x, state, full) };
}

const x = syntheticSpectra(30, 12, 3);
const y = syntheticTarget(x, 4);
const tight = { tol: 1e-10, max_iter: 50000 };

test('LinearRegression leaves residuals that no channel explains', () => {
  fc.assert(
    fc.property(fc.nat(10000), (seed) => {
      const on = syntheticSpectra(25, 6, seed);
      const target = syntheticTarget(on, seed + 1);
      const { predicted } = fitted('LinearRegression', {}, on, target);
      const residuals = target.map((value, i) => value - (predicted[i] ?? NaN));
      for (let j = 0; j < on.cols; j++) {
        const along = columnOf(on, j).reduce((sum, value, i) => sum + value * (residuals[i] ?? NaN), 0);
        expect(Math.abs(along)).toBeLessThan(1e-9);
      }
      expect(Math.abs(residuals.reduce((a, b) => a + b, 0))).toBeLessThan(1e-9);
    }),
    { numRuns: 20 },
  );
});

test('LinearRegression without intercept goes through the origin', () => {
  const line = matrix(3, 1, Float64Array.of(1, 2, 3));
  const target = Float64Array.of(2, 4, 7);
  const { coef, intercept } = fitted('LinearRegression', { fit_intercept: false }, line, target);
  expect(coef[0]).toBeCloseTo(31 / 14, 13);
  expect(intercept).toBe(0);
});

describe('Lasso', () => {
  test('meets its optimality conditions: X′r = nα sign(b), and smaller where b is 0', () => {
    fc.assert(
      fc.property(spectra(10), fc.double({ min: 0.001, max: 0.5, noNaN: true }), (on, alpha) => {
        const target = syntheticTarget(on, 5);
        const { coef, predicted } = fitted('Lasso', { alpha, ...tight }, on, target);
        const residuals = target.map((value, i) => value - (predicted[i] ?? NaN));
        coef.forEach((b, j) => {
          const along = columnOf(on, j).reduce((sum, value, i) => sum + value * (residuals[i] ?? NaN), 0) / on.rows;
          if (b === 0) expect(Math.abs(along)).toBeLessThan(alpha + 1e-5);
          else expect(along).toBeCloseTo(alpha * Math.sign(b), 4);
        });
      }),
      { numRuns: 8 },
    );
  });
  test('is ElasticNet with l1_ratio 1, to the last bit', () => {
    const lasso = fitted('Lasso', { alpha: 0.05 }, x, y);
    expect(fitted('ElasticNet', { alpha: 0.05, l1_ratio: 1 }, x, y).coef).toEqual(lasso.coef);
  });
  test('a random order ends at the same coefficients; the seed of the run replaces an empty one', () => {
    const cyclic = fitted('Lasso', { alpha: 0.05, ...tight }, x, y).coef;
    const random = fitted('Lasso', { alpha: 0.05, selection: 'random', random_state: 3, ...tight }, x, y).coef;
    expect(relativeError(random, cyclic)).toBeLessThan(1e-4);
    const early = { alpha: 0.001, selection: 'random', max_iter: 5 };
    const seeded = fitted('Lasso', { ...early, random_state: 11 }, x, y).coef;
    expect(fitted('Lasso', early, x, y).coef).toEqual(seeded);
  });
  test('positive coefficients stay positive', () => {
    const { coef } = fitted('Lasso', { alpha: 0.001, positive: true, ...tight }, x, y);
    expect(coef.every((value) => value >= 0)).toBe(true);
    expect(fitted('Lasso', { alpha: 0.001, ...tight }, x, y).coef.some((value) => value < 0)).toBe(true);
  });
  test('a penalty that is too strong leaves the mean', () => {
    const { coef, intercept } = fitted('Lasso', { alpha: 1000 }, x, y);
    expect(coef.every((value) => value === 0)).toBe(true);
    expect(intercept).toBeCloseTo(y.reduce((a, b) => a + b, 0) / y.length, 12);
  });
  test('says when it has not settled', () => {
    expect(fitted('Lasso', { alpha: 1e-6, max_iter: 2 }, x, y).notices.join()).toContain('not settled after 2 sweeps');
  });
});

test('ElasticNet without the Lasso part is Ridge with α n', () => {
  const expected = fitted('Ridge', { alpha: 0.1 * x.rows }, x, y);
  const { coef } = fitted('ElasticNet', { alpha: 0.1, l1_ratio: 0, ...tight }, x, y);
  expect(relativeError(coef, expected.coef)).toBeLessThan(1e-6);
});
