import { EngineError } from '#core/base/errors.ts';
import type { Scores } from '#core/contract/runTypes.ts';
import { noScores } from '#core/contract/scoreFigures.ts';
import type { Judged, Metrics } from '#core/execution/runContext.ts';
import { classificationSummary } from '#core/metrics/classificationSummary.ts';
import { findMetric, metricCatalog } from '#core/metrics/metricCatalog.ts';
import type { Metric } from '#core/metrics/metric.ts';
import { measuredStatistics, type MeasuredStatistics } from '#core/metrics/measuredStatistics.ts';
import { regressionSummary } from '#core/metrics/regressionSummary.ts';
import { matrix } from '#core/numerics/matrix.ts';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** All figures as they are stored and sent: null where one cannot be computed. `classCount` is 0 in regression. */
export function scoresOf(
  { measured, predicted, probabilities }: Judged,
  classCount: number,
  statistics?: MeasuredStatistics,
): Scores {
  if (classCount > 0) {
    const { n, ...figures } = classificationSummary({
      measured,
      predicted,
      probabilities: probabilities === null ? null : matrix(measured.length, classCount, probabilities),
      classCount,
    });
    return { ...noScores, n, ...mapValues(figures) };
  }
  const figures = regressionSummary(measured, predicted, statistics);
  return {
    ...noScores,
    n: figures.n,
    rmse: finite(figures.rmse),
    mae: finite(figures.mae),
    r2: finite(figures.r2),
    bias: finite(figures.bias),
    sep: finite(figures.sep),
    rpd: finite(figures.rpd),
    rpiq: finite(figures.rpiq),
    slope: finite(figures.slope),
    intercept: finite(figures.intercept),
  };
}

const mapValues = <K extends string>(figures: Readonly<Record<K, number>>): Record<K, number | null> =>
  // The keys are those of the argument; Object.fromEntries forgets that.
  Object.fromEntries(Object.entries<number>(figures).map(([key, value]) => [key, finite(value)])) as Record<
    K,
    number | null
  >;

/** A metric by its name in the document. Throws `run.unknown-metric`, also for one of the other task. */
export function metricCalled(name: string, task: Metric['task']): Metric {
  const metric = findMetric(name);
  if (metric === undefined || metric.task !== task)
    throw new EngineError('run.unknown-metric', {
      metric: name,
      task,
      known: metricCatalog.filter((one) => one.task === task).map((one) => one.id),
    });
  return metric;
}

/**
 * The metric of a run by its name in the document. `classCount` is 0 in regression. The statistics of measured values
 * are kept as long as the array: all variants of a fold are judged against the same one.
 */
export function metricsFor(name: string, classCount = 0): Metrics {
  const task = classCount > 0 ? 'classification' : 'regression';
  const own = metricCalled(name, task);
  const called = (other: string | undefined): Metric => (other === undefined ? own : metricCalled(other, task));
  const known = new WeakMap<Float64Array, MeasuredStatistics>();
  const statisticsOf = (measured: Float64Array): MeasuredStatistics => {
    const statistics = known.get(measured) ?? measuredStatistics(measured);
    known.set(measured, statistics);
    return statistics;
  };
  return {
    summary: (judged) => scoresOf(judged, classCount, classCount > 0 ? undefined : statisticsOf(judged.measured)),
    score({ measured, predicted, probabilities }, other) {
      const metric = called(other);
      return metric.score({
        measured,
        predicted,
        probabilities: probabilities === null ? null : matrix(measured.length, classCount, probabilities),
        classCount,
      });
    },
    direction: (other) => called(other).direction,
    title: (other) => called(other).title,
  };
}
