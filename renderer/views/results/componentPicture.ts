import type { ComponentCurve } from '#core/contract/results.ts';
import { axisName } from '#renderer/charts/axisName.ts';
import { pathTitle } from '#renderer/charts/pathTitle.ts';
import type { RmsecvMark, RmsecvPicture } from '#renderer/charts/rmsecvOption.ts';
import { t } from '#renderer/locales/t.ts';
import type { RunMetric } from '#renderer/state/runMetric.ts';

interface CurveContext {
  readonly unit: string | null;
  readonly isClassification: boolean;
  readonly metric: RunMetric;
}

/**
 * Regression: the pooled RMSECV and its minimum. Classification: the mean of the fold scores under the run's metric and
 * its best. The one-standard-error choice is the run's. Bars and fold points are drawn where they belong to the curve.
 */
export function componentPicture(
  curve: ComponentCurve,
  { unit, isClassification, metric }: CurveContext,
): RmsecvPicture {
  const values = Array.from(curve.values);
  const figures = isClassification ? curve.meanScore : curve.rmsecv;
  const higherIsBetter = isClassification && metric.higherIsBetter;
  // Fold points are RMSEs, or balanced accuracies.
  const hasFolds = !isClassification || metric.id === 'balancedAccuracy';
  const foldPoints: [number, number][] = [];
  for (let fold = 0; hasFolds && fold < curve.folds; fold++)
    values.forEach((x, k) => {
      const y = curve.foldScores[fold * values.length + k];
      if (y !== undefined && Number.isFinite(y)) foldPoints.push([x, y]);
    });
  const markAt = (k: number): RmsecvMark | null => {
    const [x, y] = [values[k], figures[k]];
    return x === undefined || y === undefined || !Number.isFinite(y) ? null : { x, y };
  };
  const sign = higherIsBetter ? -1 : 1;
  let best = -1;
  figures.forEach((y, k) => {
    if (Number.isFinite(y) && (best < 0 || sign * y < sign * (figures[best] ?? y))) best = k;
  });
  const name = isClassification
    ? t('results.components.scoreCurve', { score: metric.title })
    : t('results.components.curve');
  return {
    curves: [{ name, values, rmsecv: figures }],
    training: isClassification ? null : curve.rmsecFolds,
    standardError: isClassification || metric.id === 'rmse' ? curve.scoreSe : null,
    foldPoints,
    minimum: markAt(best),
    oneStandardError: curve.oneStandardError === null ? null : markAt(curve.variants.indexOf(curve.oneStandardError)),
    xName: pathTitle(curve.param),
    yName: isClassification ? metric.title : axisName(t('runs.rmsecv'), unit),
    higherIsBetter,
  };
}
