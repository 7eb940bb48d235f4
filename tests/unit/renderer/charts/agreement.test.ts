import fc from 'fast-check';
import { expect, test } from 'vitest';
import { regressionSummary } from '#core/metrics/regressionSummary.ts';
import { agreement } from '#renderer/charts/agreement.ts';

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const KEYS = ['rmse', 'bias', 'sep', 'r2', 'rpd', 'slope', 'intercept'] as const;

test('gives the figures of the engine', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 40 }), (pairs) => {
      const y = Float64Array.from(pairs, ([a]) => a);
      const p = Float64Array.from(pairs, ([, b]) => b);
      fc.pre(Math.max(...y) - Math.min(...y) > 1e-3);
      const [ours, engine] = [agreement(y, p), regressionSummary(y, p)];
      expect(ours.n).toBe(engine.n);
      for (const key of KEYS)
        if (Number.isFinite(engine[key]))
          expect(Math.abs(ours[key] - engine[key])).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(engine[key])));
    }),
  );
});

test('leaves missing values out and says nothing about a constant', () => {
  expect(agreement(Float64Array.of(1, Number.NaN, 3), Float64Array.of(1, 2, 5)).n).toBe(2);
  expect(agreement(Float64Array.of(2, 2), Float64Array.of(1, 3)).slope).toBeNaN();
  expect(agreement(new Float64Array(0), new Float64Array(0)).rmse).toBeNaN();
});
