import type { Scores, VariantSummary } from '#core/contract/runs.ts';
import { averagePredictions, foldWeights, type Predicted } from '#core/execution/averages.ts';
import { finiteOrNull, meanAndError } from '#core/execution/foldScores.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { StoredPredictions } from '#core/execution/ports.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import type { FitResult, UnitPredictions } from '#core/execution/unit.ts';
import { takeValues } from '#core/numerics/matrix.ts';

/** What one fold yielded for the variants of a group, in their order. */
export interface FoldOutcome {
  readonly result: FitResult;
  /** The model's parameters in this fold, where finetuning gave each fold its own. */
  readonly params: Readonly<Record<string, unknown>> | null;
}

/** A variant after its last fold: its figures, its averaged predictions, and what the refit criteria compare. */
export interface VariantOutcome {
  readonly summary: VariantSummary;
  readonly averages: readonly StoredPredictions[];
  /** Mean of the fold scores under each metric that a criterion names. */
  readonly means: Readonly<Record<string, number | null>>;
}

/** Without a path all variants of a group are equal, and the one prediction is that of each of them. */
export function predictionsOf(group: GroupFolds['group'], result: FitResult, at: number): UnitPredictions | null {
  return result.predictions[group.pathValues === null ? 0 : at] ?? null;
}

export const PARTITIONS = ['train', 'validation', 'test'] as const;

/** The rows that one fold contributes to the store. */
export function foldEntries(
  run: RunContext,
  { group }: GroupFolds,
  fold: number,
  { result, params }: FoldOutcome,
): StoredPredictions[] {
  return group.variants.flatMap((index, at) => {
    const predictions = predictionsOf(group, result, at);
    if (predictions === null) return [];
    const variant = run.input.plan.variants[index];
    return PARTITIONS.filter((partition) => result.rows[partition].length > 0).map((partition) =>
      entryOf(run, variant, `fold_${fold}`, partition, params ?? variant.params, {
        rows: result.rows[partition],
        ...predictions[partition],
      }),
    );
  });
}

export function entryOf(
  run: RunContext,
  variant: PlannedVariant,
  fold: string,
  partition: StoredPredictions['partition'],
  params: Readonly<Record<string, unknown>>,
  { rows, predicted, probabilities }: Predicted,
): StoredPredictions {
  const measured = takeValues(run.input.data.y, rows);
  return {
    variant: variant.index,
    model: variant.modelName,
    modelClass: variant.model,
    fold,
    partition,
    refit: fold === 'final',
    params,
    scores: run.ports.metrics.summary({ measured, predicted, probabilities }),
    rows,
    measured,
    predicted,
    probabilities,
  };
}

/** The figures of one variant after its last fold; `problem` says why a fold is missing. */
export function variantOutcome(
  run: RunContext,
  entry: GroupFolds,
  at: number,
  outcomes: readonly (FoldOutcome | null)[],
  problem: string | null,
  tuned: Readonly<Record<string, unknown>> | null,
): VariantOutcome {
  const { data, plan } = run.input;
  const { metrics } = run.ports;
  const { group } = entry;
  const variant = plan.variants[group.variants[at]];
  const base: VariantSummary = {
    ...describeVariant(variant, group.index),
    ...(tuned === null ? {} : { tuned: { ...tuned } }),
  };
  const folds = outcomes.flatMap((outcome) => {
    const predictions = outcome === null ? null : predictionsOf(group, outcome.result, at);
    return outcome === null || predictions === null ? [] : [{ rows: outcome.result.rows, predictions }];
  });
  if (folds.length < entry.folds.length)
    return {
      summary: {
        ...base,
        status: 'failed',
        problem: problem ?? 'The training data of a fold do not have the rank that this many components need.',
      },
      averages: [],
      means: {},
    };

  const partsOf = (partition: StoredPredictions['partition']): Predicted[] =>
    folds.map(({ rows, predictions }) => ({ rows: rows[partition], ...predictions[partition] }));
  const validation = partsOf('validation');
  const judged = (part: Predicted) => ({
    measured: takeValues(data.y, part.rows),
    predicted: part.predicted,
    probabilities: part.probabilities,
  });
  const foldScores = validation.map((part) => metrics.score(judged(part)));
  const { mean, error } = meanAndError(foldScores);
  const equal = folds.map(() => 1);
  const weights = foldWeights(foldScores.map(finiteOrNull), metrics.direction());
  const classCount = data.classes?.length ?? 0;
  const average = (partition: StoredPredictions['partition'], by: readonly number[]) =>
    averagePredictions(partsOf(partition), by, partition === 'test' ? data.test : data.train, classCount);

  const pooled = average('validation', equal);
  const cv: Scores = metrics.summary(judged(pooled));
  const averages = [
    { fold: 'avg', by: equal },
    { fold: 'w_avg', by: weights },
  ].flatMap(({ fold, by }) =>
    PARTITIONS.flatMap((partition) => {
      const part = average(partition, by);
      return part.rows.length === 0 ? [] : [entryOf(run, variant, fold, partition, tuned ?? variant.params, part)];
    }),
  );
  const others = [...new Set(plan.criteria.flatMap(({ metric }) => metric ?? []))];
  return {
    summary: {
      ...base,
      status: 'completed',
      meanScore: finiteOrNull(mean),
      scoreSe: error === null ? null : finiteOrNull(error),
      rmsecv: cv.rmse,
      r2cv: cv.r2,
      biasCv: cv.bias,
      n: cv.n,
      cv,
    },
    averages,
    means: Object.fromEntries(
      others.map((metric) => [
        metric,
        finiteOrNull(meanAndError(validation.map((part) => metrics.score(judged(part), metric))).mean),
      ]),
    ),
  };
}

/** A variant that has no figures yet. */
export function describeVariant(variant: PlannedVariant, fitGroup: number): VariantSummary {
  return {
    variant: variant.index,
    label: variant.label,
    steps: [...variant.stepTexts],
    model: variant.model,
    params: { ...variant.params },
    choices: variant.choices.map(({ name, value }) => ({ name, value })),
    fitGroup,
    status: 'waiting',
    problem: null,
    meanScore: null,
    scoreSe: null,
    rmsecv: null,
    r2cv: null,
    biasCv: null,
    n: null,
    cv: null,
    tuned: null,
    selected: false,
  };
}
