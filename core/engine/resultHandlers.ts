import type { HandlersOf } from '#core/contract/handlers.ts';
import type { ConfusionMatrix, Predictions, Trial } from '#core/contract/results.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { componentCurve } from '#core/engine/componentCurve.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';
import { loadFinalModel } from '#core/engine/finalModel.ts';
import { pooledFolds } from '#core/engine/pooledFolds.ts';
import { metricCalled } from '#core/engine/runMetrics.ts';
import { confusionMatrix } from '#core/metrics/confusionMatrix.ts';
import type { PredictionArrays, PredictionRecord } from '#core/workspace/index.ts';

type Calls =
  | 'results.variants'
  | 'results.variant'
  | 'results.bases'
  | 'results.folds'
  | 'results.predictions'
  | 'results.components'
  | 'results.confusion'
  | 'results.trials'
  | 'results.coefficients';

/** Reads what a run found; everything shown is computed from the stored arrays. */
export function resultHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace } = parts;
  return {
    'results.variants': ({ runId, ...page }) => workspace.variants.page(runId, page),
    'results.variant': ({ runId, variant }) => workspace.variants.get(runId, variant),
    'results.bases': ({ runId }) => workspace.variants.bases(runId),
    'results.folds': ({ runId, variant }) =>
      onceEach(workspace.predictions.list({ runId, variant })).map((one) => ({
        fold: one.foldId,
        partition: one.partition,
        model: one.modelName,
        scores: one.scores,
      })),
    'results.predictions': ({ runId, variant, of }) =>
      of === 'cv' ? outOfFold(parts, runId, variant) : refitted(parts, runId, variant, of),
    'results.components': ({ runId, variant }) => componentCurve(parts, runId, variant),
    'results.confusion': ({ runId, variant }) => confusion(parts, runId, variant),
    'results.trials': ({ runId, variant }) => trials(parts, runId, variant),

    async 'results.coefficients'({ runId, variant }) {
      const run = workspace.runs.get(runId);
      const asked = variant ?? undefined;
      if (workspace.chains.final(runId, asked) === null) return null;
      const { chain, modelInput } = await loadFinalModel(workspace, run.id, asked);
      const step = chain.steps.at(-1);
      if (step?.role !== 'model') return null;
      const linear = operatorsByKind.model(step.id).linear?.(step.state, { ...step.params }) ?? null;
      if (linear === null) return null;
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

/** A base model that was refitted by itself too is that model; the one in the stack is not listed beside it. */
const onceEach = (records: readonly PredictionRecord[]): PredictionRecord[] =>
  records.filter(
    (one) =>
      one.refitContext !== 'stacking' ||
      !records.some(
        (other) =>
          other.refitContext === 'standalone' && other.foldId === one.foldId && other.partition === one.partition,
      ),
  );

const classesOf = ({ workspace }: EngineParts, runId: string): string[] | null =>
  workspace.runs.get(runId).result?.classes ?? null;

/** Above the number of any fold. */
const NO_FOLD = 2 ** 31 - 1;

/** Every sample's out-of-fold prediction (the mean over repeats), as it is stored, with the fold that held it out. */
function outOfFold(parts: EngineParts, runId: string, variant: number): Predictions | null {
  const { workspace } = parts;
  const held = workspace.predictions.read({ runId, variant, partition: 'validation' });
  const pooled = held.find(({ record }) => record.foldId === 'avg')?.arrays ?? pooledFolds(held);
  if (pooled === null) return null;
  const last = pooled.rows.reduce((most, row) => Math.max(most, row), -1);
  const fold = new Int32Array(last + 1).fill(NO_FOLD);
  for (const { record, arrays } of held) {
    const number = foldNumber(record.foldId);
    if (number === null) continue;
    for (const row of arrays.rows) if (row <= last) fold[row] = Math.min(fold[row] ?? NO_FOLD, number);
  }
  return toPredictions(parts, runId, pooled, (row) => (fold[row] === NO_FOLD ? -1 : (fold[row] ?? -1)));
}

/** The refitted model's predictions of its training or test samples; null for a variant that was not refitted. */
function refitted(parts: EngineParts, runId: string, variant: number, partition: 'train' | 'test'): Predictions | null {
  const { predictions, runs } = parts.workspace;
  const result = runs.get(runId).result;
  // Without a refit the fold models of the selected variant together are the model.
  const ensemble = result !== null && result.foldEnsemble > 0 && result.cvBest?.variant === variant;
  const [final] = [
    ...predictions.read({ runId, variant, foldId: 'final', partition }),
    ...(ensemble ? predictions.read({ runId, variant, foldId: 'avg', partition }) : []),
  ];
  return final === undefined ? null : toPredictions(parts, runId, final.arrays, () => -1);
}

function toPredictions(
  parts: EngineParts,
  runId: string,
  { rows, measured, predicted, probabilities }: PredictionArrays,
  foldOf: (row: number) => number,
): Predictions {
  const { datasets, runs } = parts.workspace;
  const ids = datasets.sampleIds(runs.get(runId).datasetId);
  return {
    rows,
    sampleIds: Array.from(rows, (row) => ids[row] ?? String(row + 1)),
    measured,
    predicted,
    classes: classesOf(parts, runId),
    probabilities,
    fold: Int32Array.from(rows, foldOf),
  };
}

/** Pooled first, then each fold, then the refitted model on training and test samples. */
function confusion(
  parts: EngineParts,
  runId: string,
  variant: number,
): { classes: string[]; matrices: ConfusionMatrix[] } | null {
  const classes = classesOf(parts, runId);
  if (classes === null) return null;
  const wanted = ({ foldId, partition }: PredictionRecord): string | null => {
    if (foldId === 'final') return partition === 'validation' ? null : partition;
    if (partition !== 'validation') return null;
    return foldId === 'avg' ? 'pooled' : foldNumber(foldId) === null ? null : foldId;
  };
  const place = (of: string): number => (of === 'pooled' ? -1 : of === 'train' ? 1e6 : of === 'test' ? 2e6 : 0);
  const matrices = parts.workspace.predictions
    .read({ runId, variant })
    .flatMap(({ record, arrays }): ConfusionMatrix[] => {
      const of = wanted(record);
      if (of === null) return [];
      const counts = confusionMatrix(arrays.measured, arrays.predicted, classes.length);
      const withNone = (counts[0]?.length ?? 0) > classes.length;
      return [{ of, columns: withNone ? [...classes, 'none'] : [...classes], counts, scores: record.scores }];
    })
    .toSorted((a, b) => place(a.of) - place(b.of));
  return { classes, matrices };
}

function trials(
  { workspace }: EngineParts,
  runId: string,
  variant: number,
): { metric: string; direction: 'lower' | 'higher'; trials: Trial[] } {
  const run = workspace.runs.get(runId);
  const { fitGroup } = workspace.variants.get(runId, variant);
  const own = workspace.trials.ofRun(runId).filter(({ group }) => group === fitGroup);
  const metric = metricCalled(run.metric, run.result?.task ?? 'regression');
  const better = (a: number, b: number): boolean => (metric.direction === 'lower' ? a < b : a > b);
  // The best of each study: one for all folds, or one for each.
  const best = new Map<number | null, number>();
  for (const { fold, trial } of own) {
    const known = best.get(fold);
    const value =
      known === undefined ? null : (own.find((o) => o.fold === fold && o.trial.number === known)?.trial.value ?? null);
    if (trial.value !== null && (value === null || better(trial.value, value))) best.set(fold, trial.number);
  }
  return {
    metric: metric.id,
    direction: metric.direction,
    trials: own.map(({ fold, trial, milliseconds }) => ({
      variant,
      fold,
      trial: trial.number,
      phase: trial.phase,
      sampler: trial.sampler,
      params: { ...trial.point },
      value: trial.value,
      foldScores: trial.values.flatMap((value) => value ?? []),
      state: trial.state === 'complete' ? 'completed' : trial.state,
      best: best.get(fold) === trial.number,
      milliseconds,
    })),
  };
}

/** 3 of `fold_3`; null for averages and the refit. */
function foldNumber(foldId: string): number | null {
  const digits = /^fold_(\d+)$/.exec(foldId)?.[1];
  return digits === undefined ? null : Number(digits);
}
