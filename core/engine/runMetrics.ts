import type { Scores } from '#core/contract/runs.ts';
import type { Metrics } from '#core/execution/runContext.ts';
import { findMetric, regressionSummary } from '#core/metrics/metricCatalog.ts';
import { EngineError } from '#core/base/errors.ts';

/** All figures as they are stored and sent: null where one cannot be computed. */
export function scoresOf(measured: Float64Array, predicted: Float64Array): Scores {
  const { n, rmse, mae, r2, bias, sep, rpd, rpiq, slope, intercept } = regressionSummary(measured, predicted);
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    n,
    rmse: finite(rmse),
    mae: finite(mae),
    r2: finite(r2),
    bias: finite(bias),
    sep: finite(sep),
    rpd: finite(rpd),
    rpiq: finite(rpiq),
    slope: finite(slope),
    intercept: finite(intercept),
  };
}

/** The metric of a run by its name in the document. */
export function metricsFor(name: string): Metrics {
  const metric = findMetric(name);
  if (metric === undefined) throw new EngineError('run.unknown-metric', { metric: name, known: [] });
  return { summary: scoresOf, score: (y, p) => metric.compute(y, p), direction: metric.direction };
}
