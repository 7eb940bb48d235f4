import type { Predictions } from '#core/contract/results.ts';
import type { PredictedGroup } from '#renderer/charts/predictedMeasuredOption.ts';
import { t } from '#renderer/locales/t.ts';

/** From the eleventh fold on colours and shapes would repeat too often: all folds look alike then. */
export const MOST_FOLD_STYLES = 10;

/** The held-out samples as one group per fold, in order. */
export function foldGroups(predictions: Predictions): PredictedGroup[] {
  const folds = [...new Set(predictions.fold)].toSorted((a, b) => a - b);
  return folds.map((fold) => {
    const at = Array.from(predictions.fold.keys()).filter((k) => predictions.fold[k] === fold);
    return {
      name: t('runs.fold', { k: fold + 1 }),
      kind: 'fold' as const,
      index: folds.length <= MOST_FOLD_STYLES ? fold : 0,
      measured: Float64Array.from(at, (k) => predictions.measured[k] ?? Number.NaN),
      predicted: Float64Array.from(at, (k) => predictions.predicted[k] ?? Number.NaN),
      ids: at.map((k) => predictions.sampleIds[k] ?? ''),
    };
  });
}
