import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as metrics from '#core/metrics/regressionMetrics.ts';
import { golden } from '#tests/support/golden.ts';

const { regression: expected, rtol } = golden('metrics.json') as {
  regression: Record<string, number> & { y: never; p: never };
  rtol: number;
};
const y = Float64Array.from(expected.y);
const p = Float64Array.from(expected.p);

describe('agrees with scikit-learn and NumPy', () => {
  test.each([
    ['rmse', metrics.rmse, 'rmse'],
    ['mae', metrics.mae, 'mae'],
    ['medae', metrics.medae, 'medae'],
    ['mape', metrics.mape, 'mape'],
    ['r2', metrics.r2, 'r2'],
    ['maxError', metrics.maxError, 'max_error'],
    ['bias', metrics.bias, 'bias_mean_pred_minus_true'],
    ['sep', metrics.sep, 'sep_ddof1'],
    ['rpd', metrics.rpd, 'rpd_sd_ddof1_over_rmse'],
    ['rpiq', metrics.rpiq, 'rpiq'],
  ])('%s', (_, metric, name) => {
    const value = expected[name] ?? NaN;
    expect(Math.abs(metric(y, p) / value - 1)).toBeLessThan(rtol);
  });
});

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 40 });

test('a prediction on a line has that slope and intercept', () => {
  fc.assert(
    fc.property(
      values,
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      (list, b, a) => {
        const measured = Float64Array.from(list);
        fc.pre(Math.max(...list) - Math.min(...list) > 1);
        const predicted = measured.map((value) => a + b * value);
        expect(metrics.slope(measured, predicted)).toBeCloseTo(b, 8);
        expect(metrics.intercept(measured, predicted)).toBeCloseTo(a, 6);
      },
    ),
  );
});

test('RMSE² = bias² + SEP² (n − 1)/n', () => {
  const n = y.length;
  const parts = metrics.bias(y, p) ** 2 + (metrics.sep(y, p) ** 2 * (n - 1)) / n;
  expect(metrics.rmse(y, p) ** 2 / parts).toBeCloseTo(1, 13);
});

test('MSE is RMSE squared, and a measured value of 0 has no relative error', () => {
  expect(metrics.mse(y, p)).toBeCloseTo(metrics.rmse(y, p) ** 2, 13);
  expect(metrics.mape(Float64Array.of(0, 1), Float64Array.of(1, 1))).toBeNaN();
});

test('nRMSE is RMSE over the range', () => {
  expect(metrics.nrmse(Float64Array.of(0, 4), Float64Array.of(1, 5))).toBe(0.25);
});

test('a perfect prediction', () => {
  expect(metrics.rmse(y, y)).toBe(0);
  expect(metrics.r2(y, y)).toBe(1);
  expect(metrics.maxError(y, y)).toBe(0);
});

test('what cannot be computed is NaN', () => {
  const one = Float64Array.of(3);
  const none = new Float64Array(0);
  expect([metrics.r2(one, one), metrics.sep(one, one), metrics.rpd(one, one), metrics.slope(one, one)]).toEqual([
    NaN,
    NaN,
    NaN,
    NaN,
  ]);
  expect([
    metrics.rmse(none, none),
    metrics.mae(none, none),
    metrics.maxError(none, none),
    metrics.bias(none, none),
  ]).toEqual([NaN, NaN, NaN, NaN]);
  expect(metrics.maxError(Float64Array.of(1, NaN, 2), Float64Array.of(1, 1, 5))).not.toBe(0);
});

test('different lengths are refused', () => {
  expect(() => metrics.rmse(Float64Array.of(1, 2), Float64Array.of(1))).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
});
