import type { HandlersOf } from '#core/contract/handlers.ts';
import type { ComponentCurve, Predictions } from '#core/contract/results.ts';
import type { VariantSummary } from '#core/contract/runs.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import { pool, squaredErrors } from '#core/execution/foldScores.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';

/** Reads what a run found; everything shown is computed from the stored arrays. */
export function resultHandlers(
  parts: EngineParts,
): HandlersOf<
  'results.variants' | 'results.folds' | 'results.predictions' | 'results.components' | 'results.coefficients'
> {
  const { workspace } = parts;
  return {
    'results.variants': ({ runId, ...page }) => workspace.variants.page(runId, page),
    'results.folds': ({ runId, variant }) =>
      workspace.predictions
        .list({ runId, variant })
        .map((one) => ({ fold: one.foldId, partition: one.partition, model: one.modelName, scores: one.scores })),
    'results.predictions': ({ runId, variant, of }) =>
      of === 'cv' ? outOfFold(parts, runId, variant) : refitted(parts, runId, variant, of),
    'results.components': ({ runId, variant }) => componentCurve(parts, runId, variant),

    async 'results.coefficients'({ runId }) {
      const run = workspace.runs.get(runId);
      if (workspace.chains.final(runId) === null) return null;
      const { chain, modelInput } = await loadFinalModel(workspace, run.id);
      const step = chain.steps.at(-1);
      if (step === undefined) return null;
      const linear = operatorsByKind.model(step.id).linear?.(step.state, { ...step.params });
      if (linear === undefined) return null;
      return {
        axis: modelInput.axis,
        unit: modelInput.unit,
        coef: linear.coef,
        intercept: linear.intercept,
        meanSpectrum: modelInput.mean,
      };
    },
  };
}

/** Every sample's out-of-fold prediction, the mean over repeats, in dataset order. */
function outOfFold({ workspace }: EngineParts, runId: string, variant: number): Predictions | null {
  const folds = workspace.predictions.read({ runId, variant, partition: 'validation' });
  if (folds.length === 0) return null;
  const measuredOf = new Map<number, number>();
  let rows = 0;
  for (const { arrays } of folds)
    arrays.rows.forEach((row, at) => {
      measuredOf.set(row, arrays.measured[at] ?? NaN);
      rows = Math.max(rows, row + 1);
    });
  const pooled = pool(
    rows,
    folds.map(({ arrays }) => ({ validation: arrays.rows, predicted: arrays.predicted })),
  );
  return {
    rows: pooled.samples,
    sampleIds: idsOf(workspace, runId, pooled.samples),
    measured: Float64Array.from(pooled.samples, (row) => measuredOf.get(row) ?? NaN),
    predicted: pooled.predicted,
    fold: pooled.fold,
  };
}

/** The refitted model's predictions of its training or test samples; null for a variant that was not refitted. */
function refitted(
  { workspace }: EngineParts,
  runId: string,
  variant: number,
  partition: 'train' | 'test',
): Predictions | null {
  const [final] = workspace.predictions.read({ runId, variant, foldId: 'final', partition });
  if (final === undefined) return null;
  const { rows, measured, predicted } = final.arrays;
  return {
    rows,
    sampleIds: idsOf(workspace, runId, rows),
    measured,
    predicted,
    fold: new Int32Array(rows.length).fill(-1),
  };
}

function idsOf(workspace: EngineParts['workspace'], runId: string, rows: Int32Array): string[] {
  const ids = workspace.datasets.sampleIds(workspace.runs.get(runId).datasetId);
  return Array.from(rows, (row) => ids[row] ?? String(row + 1));
}

/** RMSECV and its relatives over the component counts of the variant's sweep. */
function componentCurve({ workspace }: EngineParts, runId: string, variant: number): ComponentCurve | null {
  const run = workspace.runs.get(runId);
  const all = workspace.variants.all(runId);
  const own = all.find((one) => one.variant === variant);
  const group = all.filter((one) => one.fitGroup === own?.fitGroup);
  if (own === undefined || group.length < 2) return null;
  const param = 'n_components';
  const valueOf = (one: VariantSummary): number => Number(one.params[param]);
  if (!group.every((one) => Number.isFinite(valueOf(one)))) return null;
  const sorted = group.toSorted((a, b) => valueOf(a) - valueOf(b));

  const validation = sorted.map((one) =>
    workspace.predictions.list({ runId, variant: one.variant, partition: 'validation' }),
  );
  const folds = validation.reduce((most, list) => Math.max(most, ...list.map((one) => foldNumber(one.foldId) + 1)), 0);
  const foldScores = new Float64Array(folds * sorted.length).fill(NaN);
  validation.forEach((list, column) => {
    list.forEach((one) => {
      foldScores[foldNumber(one.foldId) * sorted.length + column] = one.scores.rmse ?? NaN;
    });
  });
  const rmsecFolds = sorted.map((one) => {
    const parts = workspace.predictions
      .read({ runId, variant: one.variant, partition: 'train' })
      .filter(({ record }) => record.foldId !== 'final');
    const n = parts.reduce((sum, { arrays }) => sum + arrays.rows.length, 0);
    const press = parts.reduce((sum, { arrays }) => sum + squaredErrors(arrays.measured, arrays.predicted), 0);
    return n > 0 ? Math.sqrt(press / n) : NaN;
  });
  const column = (pick: (one: VariantSummary) => number | null) => Float64Array.from(sorted, (one) => pick(one) ?? NaN);
  return {
    param,
    values: Float64Array.from(sorted, valueOf),
    variants: sorted.map((one) => one.variant),
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
