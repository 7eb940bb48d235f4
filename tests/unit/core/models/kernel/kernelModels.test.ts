import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { kernelColumns } from '#core/models/kernel/kernelColumns.ts';
import { kernelMatrix } from '#core/models/kernel/kernelMatrix.ts';
import { kernelValue, type KernelKind } from '#core/models/kernel/kernelSpec.ts';
import { logMarginalLikelihood } from '#core/models/kernel/logMarginalLikelihood.ts';
import { resolveGamma } from '#core/models/kernel/resolveGamma.ts';
import { columnOf, matrix, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { squaredDistances } from '#core/numerics/squaredDistances.ts';
import { spectra, syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const KINDS: KernelKind[] = ['linear', 'poly', 'sigmoid', 'rbf', 'matern12', 'matern32', 'matern52', 'rational_quadratic']; // prettier-ignore
const x = syntheticSpectra(20, 30, 3);
const y = syntheticTarget(x, 4);

function fitted(id: string, params: Record<string, unknown>, on: Matrix = x, target: Float64Array = y) {
  const { operator, params: full } = modelCalled(id, params);
  const context = fitContext(on);
  const state = operator.fit(on, target, full, context);
  const predict = (of: Matrix): Float64Array => operator.predict(of, state, full);
  return { state, notices: context.notices, predict, linear: operator.linear?.(state, full) };
}

describe.each(KINDS)('the kernel %s', (kind) => {
  const spec = { kind, gamma: 0.1, degree: 2, coef0: 1 };
  test('is symmetric, and columns on demand are those of its matrix', () => {
    const k = kernelMatrix(spec, x, neverCancelled);
    const small = kernelColumns(spec, x, 1e-9); // room for two columns
    for (const i of [3, 0, 3, 7, 1, 0]) expect([...small.column(i)]).toEqual([...columnOf(k, i)]);
    expect([...small.diagonal]).toEqual(Array.from({ length: x.rows }, (_, i) => k.data[i * x.rows + i]));
  });
});

test('distance kernels are 1 for equal spectra and fall with the distance', () => {
  const near = Float64Array.of(1, 2);
  for (const kind of KINDS.slice(3)) {
    const values = [0, 1, 3].map((d) =>
      kernelValue({ kind, gamma: 0.5, degree: 1, coef0: 0 }, near, Float64Array.of(1, 2 + d)),
    );
    expect(values[0]).toBe(1);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  }
});

test('γ: scale is 1 / (p · variance), auto and empty 1 / p, constant spectra 1', () => {
  const two = matrix(2, 2, Float64Array.of(0, 2, 2, 0));
  expect([resolveGamma('scale', two), resolveGamma('auto', two), resolveGamma(null, two)]).toEqual([0.5, 0.5, 0.5]);
  expect(resolveGamma('scale', matrix(2, 2, new Float64Array(4).fill(3)))).toBe(1);
  expect(resolveGamma(0.2, two)).toBe(0.2);
});

describe('SVR', () => {
  test('stays within its tube where C allows it', () => {
    fc.assert(
      fc.property(spectra(8), fc.double({ min: 0.05, max: 1, noNaN: true }), (on, epsilon) => {
        const target = syntheticTarget(on, 7);
        const model = fitted('SVR', { C: 1e6, gamma: 10, epsilon, tol: 1e-6 }, on, target);
        model.predict(on).forEach((value, i) => {
          expect(Math.abs(value - (target[i] ?? NaN))).toBeLessThan(epsilon + 1e-4);
        });
      }),
      { numRuns: 20 },
    );
  });
  test('with a linear kernel has a regression vector, with another none', () => {
    expect(fitted('SVR', { kernel: 'linear' }).linear?.coef).toHaveLength(x.cols);
    expect(fitted('SVR', {}).linear).toBeNull();
  });
  test('stops at the number of steps and says so', () => {
    expect(fitted('SVR', { max_iter: 3, C: 100 }).notices.join()).toContain('3 steps');
  });
  test('a wide tube around everything leaves a constant', () => {
    const { predict, state } = fitted('SVR', { epsilon: 1000 });
    expect(state['weights']).toHaveLength(0);
    expect(new Set(predict(x)).size).toBe(1);
  });
});

test('KernelRidge with a linear kernel is Ridge without an intercept', () => {
  fc.assert(
    fc.property(spectra(4), fc.double({ min: 0.01, max: 10, noNaN: true }), (on, alpha) => {
      const target = syntheticTarget(on, 8);
      const expected = fitted('Ridge', { alpha, fit_intercept: false }, on, target).predict(on);
      const model = fitted('KernelRidge', { alpha }, on, target);
      expect(relativeError(model.predict(on), expected)).toBeLessThan(1e-9);
    }),
    { numRuns: 20 },
  );
});

describe('GaussianProcess', () => {
  test('without noise goes through its samples', () => {
    const few = takeRows(x, [0, 3, 6, 9, 12]);
    const target = Float64Array.of(1, 5, 2, 8, 4);
    expect(relativeError(fitted('GaussianProcess', {}, few, target).predict(few), target)).toBeLessThan(1e-6);
  });
  test('with fixed numbers is kernel ridge regression', () => {
    const params = { kernel: 'rbf', optimizer: null, length_scale: 2, alpha: 0.1 };
    const expected = fitted('KernelRidge', { kernel: 'rbf', gamma: 1 / 8, alpha: 0.1 }).predict(x);
    expect(relativeError(fitted('GaussianProcess', params).predict(x), expected)).toBeLessThan(1e-12);
  });
  test('further starts never give a less likely kernel, and draw the same with the same seed', () => {
    const params = { kernel: 'rbf', noise_level: 0.1, normalize_y: true, n_restarts_optimizer: 2, random_state: 3 };
    const once = fitted('GaussianProcess', params).predict(x);
    expect(relativeError(fitted('GaussianProcess', params).predict(x), once)).toBe(0);
  });
  test('equal spectra without added variance are refused with advice', () => {
    const twice = takeRows(x, [0, 0, 1]);
    expect(() => fitted('GaussianProcess', { alpha: 0 }, twice, Float64Array.of(1, 2, 3))).toThrow(/alpha/);
  });
  test.each(['rbf', 'matern12', 'matern32', 'matern52', 'rational_quadratic'] as const)(
    'the derivatives of the likelihood of %s are those of differences',
    (kind) => {
      const squared = squaredDistances(x);
      const kernel = { kind, constant: 1.3, lengthScale: 0.8, noise: 0.2, mixture: 0.7 };
      const z = y.map((value) => (value - 10) / 3);
      const exact = logMarginalLikelihood(squared, z, kernel, 0.01);
      for (const name of ['constant', 'lengthScale', 'noise', 'mixture'] as const) {
        const at = (h: number): number =>
          logMarginalLikelihood(squared, z, { ...kernel, [name]: kernel[name] * Math.exp(h) }, 0.01).value;
        expect(exact[name]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5);
      }
    },
  );
});
