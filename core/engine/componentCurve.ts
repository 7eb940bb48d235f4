import type { ComponentCurve } from '#core/contract/results.ts';
import type { VariantSummary } from '#core/contract/runTypes.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { squaredErrors } from '#core/execution/foldScores.ts';

/** RMSECV and its relatives over the component counts of the variant's sweep; null without one. */
export function componentCurve({ workspace }: EngineParts, runId: string, variant: number): ComponentCurve | null {
  const run = workspace.runs.get(runId);
  const group = workspace.variants.fittedWith(runId, variant);
  if (group.length < 2) return null;
  const param = 'n_components';
  const valueOf = (one: VariantSummary): number => Number(one.params[param]);
  if (!group.every((one) => Number.isFinite(valueOf(one)))) return null;
  const sorted = group.toSorted((a, b) => valueOf(a) - valueOf(b));
  const onFolds = (foldId: string): boolean => /^fold_\d+$/.test(foldId);

  const variants = sorted.map((one) => one.variant);
  const validated = workspace.predictions
    .list({ runId, variant: variants, partition: 'validation' })
    .filter(({ foldId }) => onFolds(foldId));
  const validation = variants.map((index) => validated.filter((one) => one.variant === index));
  const folds = validation.reduce((most, list) => Math.max(most, ...list.map((one) => foldNumber(one.foldId) + 1)), 0);
  const foldScores = new Float64Array(folds * sorted.length).fill(NaN);
  validation.forEach((list, column) => {
    list.forEach((one) => {
      foldScores[foldNumber(one.foldId) * sorted.length + column] =
        one.scores.rmse ?? one.scores.balancedAccuracy ?? NaN;
    });
  });
  const trained = workspace.predictions
    .read({ runId, variant: variants, partition: 'train' })
    .filter(({ record }) => onFolds(record.foldId));
  const rmsecFolds = variants.map((index) => {
    const parts = trained.filter(({ record }) => record.variant === index);
    const n = parts.reduce((sum, { arrays }) => sum + arrays.rows.length, 0);
    const press = parts.reduce((sum, { arrays }) => sum + squaredErrors(arrays.measured, arrays.predicted), 0);
    return n > 0 ? Math.sqrt(press / n) : NaN;
  });
  const column = (pick: (one: VariantSummary) => number | null) => Float64Array.from(sorted, (one) => pick(one) ?? NaN);
  return {
    param,
    values: Float64Array.from(sorted, valueOf),
    variants,
    rmsecv: column((one) => one.rmsecv),
    meanScore: column((one) => one.meanScore),
    scoreSe: column((one) => one.scoreSe),
    rmsecFolds: Float64Array.from(rmsecFolds),
    foldScores,
    folds,
    selected: variant,
    oneStandardError: run.result?.oneStandardError?.variant ?? null,
  };
}

/** 3 of `fold_3`. */
const foldNumber = (foldId: string): number => Number(foldId.replace('fold_', ''));
