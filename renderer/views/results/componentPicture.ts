import type { ComponentCurve } from '#core/contract/results.ts';
import { axisName } from '#renderer/charts/axisName.ts';
import { pathTitle } from '#renderer/charts/pathTitle.ts';
import type { RmsecvMark, RmsecvPicture } from '#renderer/charts/rmsecvOption.ts';
import { t } from '#renderer/locales/t.ts';

/** The minimum is that of the pooled RMSECV; the one-standard-error choice is the run's. */
export function componentPicture(curve: ComponentCurve, unit: string | null): RmsecvPicture {
  const values = Array.from(curve.values);
  const foldPoints: [number, number][] = [];
  for (let fold = 0; fold < curve.folds; fold++)
    values.forEach((x, k) => {
      const y = curve.foldScores[fold * values.length + k];
      if (y !== undefined && Number.isFinite(y)) foldPoints.push([x, y]);
    });
  const markAt = (k: number): RmsecvMark | null => {
    const [x, y] = [values[k], curve.rmsecv[k]];
    return x === undefined || y === undefined || !Number.isFinite(y) ? null : { x, y };
  };
  let lowest = -1;
  curve.rmsecv.forEach((y, k) => {
    if (Number.isFinite(y) && y < (curve.rmsecv[lowest] ?? Number.POSITIVE_INFINITY)) lowest = k;
  });
  return {
    curves: [{ name: t('results.components.curve'), values, rmsecv: curve.rmsecv }],
    training: curve.rmsecFolds,
    standardError: curve.scoreSe,
    foldPoints,
    minimum: markAt(lowest),
    oneStandardError: curve.oneStandardError === null ? null : markAt(curve.variants.indexOf(curve.oneStandardError)),
    xName: pathTitle(curve.param),
    yName: axisName(t('runs.rmsecv'), unit),
  };
}
