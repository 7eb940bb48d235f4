import { expect, test } from 'vitest';
import { findMetric, metricCatalog, regressionSummary } from '#core/metrics/metricCatalog.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';

const y = Float64Array.of(1, 2, 3, 5);
const p = Float64Array.of(1.1, 2.1, 2.8, 4.6);

test('names are found in any case, and unknown ones are not', () => {
  expect(findMetric('RMSE')?.id).toBe('rmse');
  expect(findMetric('accuracy')).toBeUndefined();
  expect(new Set(metricCatalog.map(({ id }) => id)).size).toBe(metricCatalog.length);
});

test('a better prediction ranks better by every metric', () => {
  const worse = p.map((value, i) => value + 2 * (value - (y[i] ?? 0)));
  for (const { id, direction, compute } of metricCatalog) {
    const better = direction === 'lower' ? compute(y, p) < compute(y, worse) : compute(y, p) > compute(y, worse);
    expect(better, id).toBe(true);
  }
});

test('the summary takes every figure from its own function', () => {
  const summary = regressionSummary(y, p);
  expect(summary.n).toBe(4);
  expect(summary.rmse).toBe(rmse(y, p));
  for (const { id, compute } of metricCatalog) expect(summary).toHaveProperty(id, compute(y, p));
});
