import { CancelledError } from '#core/base/cancellation.ts';
import { errorReport } from '#core/base/errors.ts';
import type { VariantSummary } from '#core/contract/runs.ts';
import { finiteOrNull, meanAndError, pool, squaredErrors } from '#core/execution/foldScores.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { StoredPredictions } from '#core/execution/ports.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import type { FitResult, FitUnit } from '#core/execution/unit.ts';
import { takeValues } from '#core/numerics/matrix.ts';

/** Points of the live plot per fold. */
const LIVE_POINTS = 500;

/** Results of one fold: predictions per variant of the group, null where the fit failed or the rank ended the sweep. */
type FoldPredictions = readonly (Float64Array | null)[];

/**
 * Pass 1: every variant over every fold, on the pool. Stores the predictions of each fold as they come, then the
 * pooled figures of each variant. A fold that fails takes its variants out of the selection, not the run down.
 */
export async function crossValidate(run: RunContext, groups: readonly GroupFolds[]): Promise<VariantSummary[]> {
  const { ports, input } = run;
  const summaries = new Map<number, VariantSummary>();
  const jobs = groups.flatMap((entry) => entry.folds.map((_, fold) => ({ entry, fold })));
  const validation = new Map(
    groups.map(({ group, folds }) => [group.index, folds.map((): FoldPredictions | null => null)]),
  );
  const problems = new Map<number, string>();
  const open = new Map(groups.map(({ group, folds }) => [group.index, folds.length]));

  async function work(): Promise<void> {
    try {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        ports.cancel.check();
        await oneFold(job.entry, job.fold);
      }
    } catch (error) {
      jobs.length = 0; // what stops one stops all: nothing new is begun
      throw error;
    }
  }

  async function oneFold(entry: GroupFolds, k: number): Promise<void> {
    const { group, folds } = entry;
    const fold = folds[k];
    if (k === 0) run.emit({ type: 'variant.started', group: group.index });
    const unit: FitUnit = {
      kind: 'fit',
      steps: group.steps,
      splitterIndex: group.splitterIndex,
      fold,
      pathValues: group.pathValues,
      seed: input.plan.seed,
      keepChain: false,
    };
    const result = await ports.pool.fit(input.data, unit).catch((error: unknown) => {
      if (error instanceof CancelledError) throw error;
      const { message } = errorReport(error);
      problems.set(group.index, problems.get(group.index) ?? `Fold ${k + 1}: ${message}`);
      run.meter.failed(group.model);
      run.emit({ type: 'fold.failed', group: group.index, fold: k, message });
      return null;
    });
    if (result !== null) {
      result.notices.forEach((notice) => {
        run.warn(notice);
      });
      run.meter.fitted(group.model, result.milliseconds);
      const row = validation.get(group.index);
      if (row !== undefined) row[k] = perVariant(entry.group, result).map((one) => one?.validation ?? null);
      foldDone(run, entry, k, result);
    }
    const left = (open.get(group.index) ?? 1) - 1;
    open.set(group.index, left);
    if (left === 0) groupDone(entry);
  }

  function groupDone(entry: GroupFolds): void {
    const { group, folds } = entry;
    const predictions = validation.get(group.index) ?? [];
    const done = group.variants.map((index, at) => {
      const perFold = predictions.map((fold) => fold?.[at] ?? null);
      return summarise(run, input.plan.variants[index], group.index, folds, perFold, problems.get(group.index) ?? null);
    });
    ports.store.variants(done);
    for (const summary of done) summaries.set(summary.variant, summary);
    const sign = ports.metrics.direction === 'lower' ? 1 : -1;
    const best = done
      .filter((one) => one.meanScore !== null)
      .toSorted((a, b) => sign * ((a.meanScore ?? 0) - (b.meanScore ?? 0)))[0];
    run.emit({ type: 'variant.completed', group: group.index, best: best ?? null });
  }

  for (const { group, folds } of groups) {
    if (folds.length > 0) continue;
    const problem = 'It has no splitter, so it has no score to compare with the others.';
    const done = group.variants.map((index) => ({
      ...describeVariant(input.plan.variants[index], group.index),
      status: 'failed' as const,
      problem,
    }));
    ports.store.variants(done);
    for (const summary of done) summaries.set(summary.variant, summary);
  }
  const workers = Array.from({ length: ports.pool.size }, work);
  const outcomes = await Promise.allSettled(workers);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return input.plan.variants.flatMap((variant) => summaries.get(variant.index) ?? []);
}

/** Without a path all variants of a group are equal, and the one prediction is that of each of them. */
function perVariant(group: GroupFolds['group'], { predictions }: FitResult): FitResult['predictions'] {
  return group.pathValues === null ? group.variants.map(() => predictions[0] ?? null) : predictions;
}

/** Stores a fold's predictions on all three partitions and tells the window. */
function foldDone(run: RunContext, { group, folds, strategy }: GroupFolds, k: number, result: FitResult): void {
  const { data, plan } = run.input;
  const { metrics, store } = run.ports;
  const fold = folds[k];
  const rows = {
    train: takeInts(data.train, fold.train),
    validation: takeInts(data.train, fold.validation),
    test: data.test,
  };
  const measured = {
    train: takeValues(data.y, rows.train),
    validation: takeValues(data.y, rows.validation),
    test: takeValues(data.y, rows.test),
  };
  const entries: StoredPredictions[] = [];
  perVariant(group, result).forEach((predictions, at) => {
    if (predictions === null) return;
    const variant = plan.variants[group.variants[at]];
    for (const partition of ['train', 'validation', 'test'] as const) {
      if (rows[partition].length === 0) continue;
      entries.push({
        variant: variant.index,
        model: variant.model,
        fold: `fold_${k}`,
        partition,
        refit: false,
        params: variant.params,
        scores: metrics.summary(measured[partition], predictions[partition]),
        rows: rows[partition],
        measured: measured[partition],
        predicted: predictions[partition],
      });
    }
  });
  store.predictions(entries, { strategy, folds: folds.length });

  const scores = result.predictions.map((one) =>
    one === null ? null : finiteOrNull(metrics.score(measured.validation, one.validation)),
  );
  const errorsOn = (partition: 'validation' | 'train') =>
    result.predictions.map((one) =>
      one === null ? null : finiteOrNull(squaredErrors(measured[partition], one[partition])),
    );
  const sign = metrics.direction === 'lower' ? 1 : -1;
  const best = scores.reduce<number>(
    (top, score, at) => (score !== null && sign * (score - (scores[top] ?? sign * Infinity)) < 0 ? at : top),
    0,
  );
  run.emit({
    type: 'fold.completed',
    group: group.index,
    fold: k,
    milliseconds: result.milliseconds,
    n: measured.validation.length,
    scores,
    press: errorsOn('validation'),
    trainPress: errorsOn('train'),
    nTrain: measured.train.length,
    measured: measured.validation.slice(0, LIVE_POINTS),
    predicted: (result.predictions[best]?.validation ?? new Float64Array(0)).slice(0, LIVE_POINTS),
  });
}

/** The figures of one variant after its last fold. */
function summarise(
  run: RunContext,
  variant: PlannedVariant,
  fitGroup: number,
  folds: GroupFolds['folds'],
  predictions: readonly (Float64Array | null)[],
  problem: string | null,
): VariantSummary {
  const { data } = run.input;
  const { metrics } = run.ports;
  const base = describeVariant(variant, fitGroup);
  const complete = predictions.filter((one) => one !== null);
  if (complete.length < folds.length)
    return {
      ...base,
      status: 'failed',
      problem: problem ?? 'The training data of a fold do not have the rank that this many components need.',
    };
  const foldScores = folds.map((fold, k) =>
    metrics.score(takeValues(data.y, takeInts(data.train, fold.validation)), complete[k]),
  );
  const { mean, error } = meanAndError(foldScores);
  const pooled = pool(
    data.train.length,
    folds.map((fold, k) => ({ validation: fold.validation, predicted: complete[k] })),
  );
  const summary = metrics.summary(takeValues(data.y, takeInts(data.train, pooled.samples)), pooled.predicted);
  return {
    ...base,
    status: 'completed',
    meanScore: finiteOrNull(mean),
    scoreSe: error === null ? null : finiteOrNull(error),
    rmsecv: summary.rmse,
    r2cv: summary.r2,
    biasCv: summary.bias,
    n: summary.n,
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
    selected: false,
  };
}

export function takeInts(values: Int32Array, index: Int32Array): Int32Array {
  return index.map((k) => values[k]);
}
