import type { Scores, VariantSummary } from '#core/contract/runTypes.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { FitResult, UnitPredictions } from '#core/execution/unit.ts';
import { foldAverager, foldWeights, type Predicted } from '#core/execution/averages.ts';
import { finiteOrNull, meanAndError } from '#core/execution/foldScores.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { StoredPredictions } from '#core/execution/ports.ts';
import type { GroupFolds, Judged, RunContext } from '#core/execution/runContext.ts';
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
  averages(): readonly StoredPredictions[];
  /** Mean of the fold scores under each metric that a criterion or a merge names. */
  readonly means: Readonly<Record<string, number | null>>;
  /** Validation scores under the run's metric, one a fold. */
  readonly foldScores: readonly (number | null)[];
  /** One entry a fold; null where it failed. */
  readonly folds: readonly (VariantFold | null)[];
}

/** Without a path all variants of a group are equal, and the one prediction is that of each of them. */
export function predictionsOf(group: GroupFolds['group'], result: FitResult, at: number): UnitPredictions | null {
  return result.predictions[group.pathValues === null ? 0 : at] ?? null;
}

export const PARTITIONS = ['train', 'validation', 'test'] as const;

/** The rows that one fold contributes to the store. All variants of the group share the rows and measured values. */
export function foldEntries(
  run: RunContext,
  { group }: GroupFolds,
  fold: number,
  { result, params }: FoldOutcome,
): StoredPredictions[] {
  const measuredOf = measuredValues(run);
  return group.variants.flatMap((index, at) => {
    const predictions = predictionsOf(group, result, at);
    if (predictions === null) return [];
    const variant = run.input.plan.variants[index];
    return PARTITIONS.filter((partition) => result.rows[partition].length > 0).map((partition) => {
      const rows = result.rows[partition];
      const judged = { rows, measured: measuredOf(rows), ...predictions[partition] };
      return entryOf(run, variant, `fold_${fold}`, partition, params ?? variant.params, judged);
    });
  });
}

export function entryOf(
  run: RunContext,
  variant: PlannedVariant,
  fold: string,
  partition: StoredPredictions['partition'],
  params: Readonly<Record<string, unknown>>,
  { rows, measured = takeValues(run.input.data.y, rows), predicted, probabilities }: Predicted & Partial<Judged>,
): StoredPredictions {
  return {
    variant: variant.index,
    model: variant.modelName,
    modelClass: variant.model,
    branchPath: variant.branchPath,
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

/** Measured values by list of rows: one array for one list, so that what is known of it is computed once. */
function measuredValues({ input }: RunContext): (rows: Int32Array) => Float64Array {
  const known = new Map<Int32Array, Float64Array>();
  return (rows) => {
    const measured = known.get(rows) ?? takeValues(input.data.y, rows);
    known.set(rows, measured);
    return measured;
  };
}

/** The figures of a group's variants after its last fold, in their order; `problem` says why a fold is missing. */
export function groupOutcomes(
  run: RunContext,
  entry: GroupFolds,
  outcomes: readonly (FoldOutcome | null)[],
  problem: string | null,
  tuned: Readonly<Record<string, unknown>> | null,
): VariantOutcome[] {
  const { data } = run.input;
  const done = outcomes.flatMap((outcome) => outcome ?? []);
  const averagers = new Map<StoredPredictions['partition'], Average>();
  const averagerOf = (partition: StoredPredictions['partition']): Average => {
    const averager =
      averagers.get(partition) ??
      foldAverager(
        done.map(({ result }) => result.rows[partition]),
        partition === 'test' ? data.test : data.train,
        data.classes?.length ?? 0,
      );
    averagers.set(partition, averager);
    return averager;
  };
  const shared = {
    measuredOf: measuredValues(run),
    averagerOf,
    others: otherMetrics(run),
  };
  return entry.group.variants.map((index, at): VariantOutcome => {
    const variant = run.input.plan.variants[index];
    const base: VariantSummary = {
      ...describeVariant(variant, entry.group.index),
      ...(tuned === null ? {} : { tuned: { ...tuned } }),
    };
    const folds = done.flatMap(({ result }): VariantFold[] => {
      const predictions = predictionsOf(entry.group, result, at);
      return predictions === null ? [] : [{ rows: result.rows, predictions }];
    });
    if (folds.length === entry.folds.length)
      return completed(run, variant, base, folds, tuned ?? variant.params, shared);
    const rank = 'The training data of a fold do not have the rank that this many components need.';
    return {
      summary: { ...base, status: 'failed', problem: problem ?? rank },
      averages: () => [],
      means: {},
      folds: [],
      foldScores: [],
    };
  });
}

/** Metrics that refit criteria and merges name beside the run's own. */
function otherMetrics({ input }: RunContext): string[] {
  const merged = (steps: readonly PlannedStep[]): (string | null)[] =>
    steps.flatMap((step) => (step.role === 'join' ? step.predictions.map(({ metric }) => metric) : []));
  const named = [
    ...input.plan.criteria.map(({ metric }) => metric),
    ...input.plan.groups.flatMap(({ steps }) => merged(steps)),
  ];
  return [...new Set(named.flatMap((metric) => metric ?? []))];
}

type Average = ReturnType<typeof foldAverager>;

/** What one fold says of one variant. */
export interface VariantFold {
  readonly rows: FitResult['rows'];
  readonly predictions: UnitPredictions;
}

/** What the variants of a group have in common. */
interface Shared {
  readonly measuredOf: (rows: Int32Array) => Float64Array;
  readonly averagerOf: (partition: StoredPredictions['partition']) => Average;
  /** Metrics that refit criteria name beside the run's own. */
  readonly others: readonly string[];
}

/** A variant with all its folds. */
function completed(
  run: RunContext,
  variant: PlannedVariant,
  base: VariantSummary,
  folds: readonly VariantFold[],
  params: Readonly<Record<string, unknown>>,
  { measuredOf, averagerOf, others }: Shared,
): VariantOutcome {
  const { metrics } = run.ports;
  const validation = folds.map(({ rows, predictions }): Judged => ({
    measured: measuredOf(rows.validation),
    ...predictions.validation,
  }));
  const foldScores = validation.map((part) => metrics.score(part));
  // A group of samples may be missing in a fold.
  const { mean, error } = meanAndError(foldScores.filter((_, k) => (validation[k]?.measured.length ?? 0) > 0));
  const averaged = (fold: string, by: readonly number[], partition: StoredPredictions['partition']) => {
    const parts = folds.map(({ predictions }) => predictions[partition]);
    const part = averagerOf(partition)(parts, by);
    if (part.rows.length === 0) return [];
    return [entryOf(run, variant, fold, partition, params, { ...part, measured: measuredOf(part.rows) })];
  };
  const alike = folds.map(() => 1);
  const pooled = averaged('avg', alike, 'validation');
  const cv: Scores = pooled[0]?.scores ?? metrics.summary(nothing);
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
    folds,
    foldScores: foldScores.map(finiteOrNull),
    averages() {
      const weights = foldWeights(foldScores.map(finiteOrNull), metrics.direction());
      return [
        ...averaged('avg', alike, 'train'),
        ...pooled,
        ...averaged('avg', alike, 'test'),
        ...PARTITIONS.flatMap((partition) => averaged('w_avg', weights, partition)),
      ];
    },
    means: Object.fromEntries(
      others.map((metric) => [
        metric,
        finiteOrNull(meanAndError(validation.map((part) => metrics.score(part, metric))).mean),
      ]),
    ),
  };
}

/** Folds that validate on nothing. */
const nothing: Judged = { measured: new Float64Array(0), predicted: new Float64Array(0), probabilities: null };

/** A variant that has no figures yet. */
export function describeVariant(variant: PlannedVariant, fitGroup: number): VariantSummary {
  return {
    variant: variant.index,
    base: variant.base,
    branchPath: [...variant.branchPath],
    modelName: variant.modelName,
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
