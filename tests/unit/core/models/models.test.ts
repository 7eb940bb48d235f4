import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { spectra, syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

function fitted(id: string, params: Record<string, unknown>, x: Matrix, y: Float64Array) {
  const model = modelCalled(id, params);
  const context = fitContext(x);
  const state = model.operator.fit(x, y, model.params, context);
  return {
    notices: context.notices,
    linear: model.operator.linear?.(state, model.params) ?? { coef: new Float64Array(0), intercept: NaN },
    predict: (of: Matrix) => model.operator.predict(of, state, model.params),
  };
}

describe('with all components, PLS and PCR are least squares, as Ridge without a penalty', () => {
  test('on more samples than channels', () => {
    const x = syntheticSpectra(40, 6, 12);
    const y = syntheticTarget(x, 13);
    const expected = fitted('Ridge', { alpha: 0 }, x, y).predict(x);
    expect(relativeError(fitted('PLS', { n_components: 6 }, x, y).predict(x), expected)).toBeLessThan(1e-9);
    expect(relativeError(fitted('PCR', { n_components: 6 }, x, y).predict(x), expected)).toBeLessThan(1e-9);
  });
});

test.each(['PLS', 'PCR', 'Ridge'])('%s: predictions move with the target, y → a·y + b', (id) => {
  fc.assert(
    fc.property(
      spectra(6),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: -50, max: 50, noNaN: true }),
      (x, a, b) => {
        const y = syntheticTarget(x, 5);
        const params = id === 'Ridge' ? {} : { n_components: 2 };
        const moved = fitted(
          id,
          params,
          x,
          y.map((value) => a * value + b),
        ).predict(x);
        expect(
          relativeError(
            moved,
            fitted(id, params, x, y)
              .predict(x)
              .map((value) => a * value + b),
          ),
        ).toBeLessThan(1e-9);
      },
    ),
    { numRuns: 30 },
  );
});

test.each(['PLS', 'PCR'])('%s with scaling does not care about the unit of a channel', (id) => {
  const x = syntheticSpectra(20, 15, 8);
  const y = syntheticTarget(x, 9);
  const milli = { ...x, data: x.data.map((value, i) => (i % x.cols < 7 ? 1000 * value : value)) };
  const params = { n_components: 3, scale: true };
  expect(relativeError(fitted(id, params, milli, y).predict(milli), fitted(id, params, x, y).predict(x))).toBeLessThan(
    1e-9,
  );
});

test.each(['PLS', 'PCR'])('%s asked for more components than the data hold uses all of them and says so', (id) => {
  const x = fromRows([[1, 2, 0], [2, 1, 1], [4, 3, 0], [3, 3, 2]]); // prettier-ignore
  const { notices, predict } = fitted(id, { n_components: 10 }, x, Float64Array.of(1, 2, 3, 5));
  expect(notices).toEqual([
    `${id}: component 4 cannot be computed, because nothing is left to explain after 3. Models with more than 3 components are left out.`,
  ]);
  expect(relativeError(predict(x), [1, 2, 3, 5])).toBeLessThan(1e-9);
});

test('a constant channel does no harm to PLS with scaling', () => {
  const x = fromRows([[1, 0.1, 5], [2, 0.1, 3], [4, 0.1, 4], [3, 0.1, 1]]); // prettier-ignore
  const { linear } = fitted('PLS', { n_components: 2 }, x, Float64Array.of(1, 2, 3, 5));
  expect(linear.coef[1]).toBeCloseTo(0, 12);
});

describe('Ridge', () => {
  const x = fromRows([[1], [2], [3]]);
  const y = Float64Array.of(2, 4, 7);
  test('one channel, by hand: Σxy / (Σx² + α) on centred data', () => {
    const { linear } = fitted('Ridge', { alpha: 3 }, x, y);
    expect(linear.coef[0]).toBeCloseTo(1, 14);
    expect(linear.intercept).toBeCloseTo(13 / 3 - 2, 14);
  });
  test('without intercept', () => {
    const { linear } = fitted('Ridge', { alpha: 0, fit_intercept: false }, x, y);
    expect(linear.coef[0]).toBeCloseTo(31 / 14, 14);
    expect(linear.intercept).toBe(0);
  });
  test('a larger penalty is simpler', () => {
    const { operator, params } = modelCalled('Ridge');
    expect(operator.complexity({ ...params, alpha: 10 })).toBeLessThan(operator.complexity({ ...params, alpha: 1 }));
    const sizes = [1e-3, 1, 1000].map((alpha) => Math.abs(fitted('Ridge', { alpha }, x, y).linear.coef[0] ?? NaN));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });
});

test('targets of another length are refused', () => {
  const { operator, params } = modelCalled('PLS');
  const x = syntheticSpectra(5, 20, 1);
  expect(() => operator.fit(x, new Float64Array(4), params, fitContext(x))).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
});
