import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measuredStatistics } from '#core/metrics/measuredStatistics.ts';
import * as figures from '#core/metrics/regressionMetrics.ts';
import { regressionSummary } from '#core/metrics/regressionSummary.ts';

const { rmse, mae, r2, bias, sep, rpd, rpiq, nrmse, slope, intercept, maxError } = figures;
const own = { rmse, mae, r2, bias, sep, rpd, rpiq, nrmse, slope, intercept, maxError };

test('every figure is that of its own function, to the last bit', () => {
  const value = fc.double({ min: -1e6, max: 1e6 });
  const pairs = fc.array(fc.tuple(value, value), { minLength: 0, maxLength: 40 });
  fc.assert(
    fc.property(pairs, (list) => {
      const y = Float64Array.from(list, ([measured]) => measured);
      const p = Float64Array.from(list, ([, predicted]) => predicted);
      const summary = regressionSummary(y, p);
      expect(summary.n).toBe(list.length);
      for (const [name, figure] of Object.entries(own)) expect(summary, name).toHaveProperty(name, figure(y, p));
      expect(regressionSummary(y, p, measuredStatistics(y))).toEqual(summary);
    }),
  );
});

test('constant measured values leave NaN where the figure divides by their spread', () => {
  const summary = regressionSummary(Float64Array.of(2, 2, 2), Float64Array.of(1, 2, 4));
  expect(summary).toMatchObject({ r2: NaN, slope: NaN, intercept: NaN, nrmse: NaN, rpd: 0, rpiq: 0 });
  expect(summary.rmse).toBeCloseTo(Math.sqrt(5 / 3), 12);
});

test('predictions of another number of samples are refused', () => {
  expect(() => regressionSummary(new Float64Array(3), new Float64Array(2))).toThrow('3, one for each measured value');
});
