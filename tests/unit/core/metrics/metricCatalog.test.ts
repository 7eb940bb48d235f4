import { expect, test } from 'vitest';
import { confusionMatrix } from '#core/metrics/confusionMatrix.ts';
import { defaultMetric, findMetric, metricCatalog } from '#core/metrics/metricCatalog.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import { regressionSummary } from '#core/metrics/regressionSummary.ts';
import { fromRows } from '#core/numerics/matrix.ts';

const y = Float64Array.of(1, 2, 3, 5);
const p = Float64Array.of(1.1, 2.1, 2.8, 4.6);

test.each([
  ['RMSE', 'rmse'],
  ['neg_root_mean_squared_error', 'rmse'],
  ['max_error', 'maxError'],
  ['balanced_accuracy', 'balancedAccuracy'],
  ['f1', 'f1Weighted'],
  ['f1_macro', 'f1Macro'],
  ['neg_log_loss', 'logLoss'],
  ['roc_auc', 'rocAuc'],
  ['matthews_corrcoef', 'mcc'],
])('%s is %s', (name, id) => {
  expect(findMetric(name)?.id).toBe(id);
});

test('unknown names are not found, and no name has two meanings', () => {
  expect(findMetric('happiness')).toBeUndefined();
  for (const { id, aliases } of metricCatalog)
    for (const name of [id, ...aliases]) expect(findMetric(name)?.id, name).toBe(id);
});

test('a pipeline without a metric is ranked by RMSE, or by balanced accuracy', () => {
  expect(defaultMetric('regression').id).toBe('rmse');
  expect(defaultMetric('classification').id).toBe('balancedAccuracy');
});

test('a better prediction ranks better by every metric', () => {
  const worse = p.map((value, i) => value + 2 * (value - (y[i] ?? 0)));
  for (const { id, direction, compute } of metricCatalog.filter(({ task }) => task === 'regression')) {
    const better = direction === 'lower' ? compute(y, p) < compute(y, worse) : compute(y, p) > compute(y, worse);
    expect(better, id).toBe(true);
  }
  const measured = Float64Array.of(0, 1, 2, 0, 1, 2);
  const vague = fromRows([...measured].map((k) => [0, 1, 2].map((j) => (j === (k + 1) % 3 ? 0.5 : 0.25))));
  const clear = fromRows([...measured].map((k) => [0, 1, 2].map((j) => (j === k ? 0.9 : 0.05))));
  for (const { id, direction, score } of metricCatalog.filter(({ task }) => task === 'classification')) {
    const good = score({ measured, predicted: measured, probabilities: clear, classCount: 3 });
    const bad = score({ measured, predicted: measured.map((k) => (k + 1) % 3), probabilities: vague, classCount: 3 });
    expect(direction === 'lower' ? good < bad : good > bad, id).toBe(true);
  }
});

test('figures of classes can be had without saying how many there are; those of probabilities need them', () => {
  const measured = Float64Array.of(0, 2, 1);
  const predicted = Float64Array.of(0, 2, -1);
  expect(confusionMatrix(measured, predicted, 3)).toHaveLength(3);
  for (const { id, needsProbabilities, compute } of metricCatalog.filter(({ task }) => task === 'classification'))
    expect(Number.isNaN(compute(measured, predicted)), id).toBe(needsProbabilities);
});

test('the summary takes every figure from its own function', () => {
  const summary = regressionSummary(y, p);
  expect(summary.n).toBe(4);
  expect(summary.rmse).toBe(rmse(y, p));
  for (const { id, compute } of metricCatalog) if (id in summary) expect(summary).toHaveProperty(id, compute(y, p));
});
