import { CancelledError } from '#core/base/cancellation.ts';
import { errorReport } from '#core/base/errors.ts';
import { computeUnit, type UnitOutcome } from '#core/execution/computeUnit.ts';
import { finiteOrNull } from '#core/execution/foldScores.ts';
import { isStorageFailure } from '#core/execution/isStorageFailure.ts';
import { chainKey } from '#core/execution/identity.ts';
import { modelParams, withModelParams } from '#core/execution/modelParams.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { takeValues } from '#core/numerics/matrix.ts';
import type { FinetuneSettings } from '#core/tuning/finetuneSettings.ts';
import { createStudy } from '#core/tuning/study.ts';
import { paramsAt } from '#core/tuning/searchSpace.ts';
import type { Suggestion, Trial } from '#core/tuning/trial.ts';

/** One fold of one group: what a trial fits. */
export interface StudyUnit {
  readonly entry: GroupFolds;
  readonly fold: number;
}

export interface StudyEnd {
  /** Parameters of the best trial; null when no trial could be computed. */
  readonly params: Readonly<Record<string, unknown>> | null;
  /** What the best trial fitted, by unit; null for units that an earlier run computed. */
  readonly outcomes: readonly (UnitOutcome | null)[];
  /** Why the first trial failed, in a sentence. */
  readonly problem: string | null;
}

/**
 * One study: trial after trial, each fitted on the folds it is about and judged on their validation samples. The test
 * partition is predicted with the rest and never looked at. Trials are stored as they end; a study that was stopped
 * goes on with those it has, as if it had never stopped.
 *
 * @param fold the fold that is tuned by itself, or null
 */
export async function runStudy(
  run: RunContext,
  settings: FinetuneSettings,
  units: readonly StudyUnit[],
  fold: number | null,
): Promise<StudyEnd> {
  const { ports, input } = run;
  const { metrics, store } = ports;
  const [first] = units;
  if (first === undefined) throw new Error('A study needs folds.');
  const { group } = first.entry;
  const metric = settings.metric ?? undefined;
  const direction = metrics.direction(metric) === 'lower' ? 'minimize' : 'maximize';
  const key = studyKey(run, settings, units);
  const history = store.library?.trials(key, group.index, fold) ?? [];
  const study = createStudy(settings, history, { direction, folds: units.length, seed: input.plan.seed + (fold ?? 0) });
  const tell = (trial: Trial, reused: boolean): void => {
    run.emit({
      type: 'trial.completed',
      group: group.index,
      fold,
      trial: trial.number,
      of: settings.nTrials,
      params: { ...trial.point },
      value: trial.value,
      state: trial.state === 'complete' ? 'completed' : trial.state,
      best: study.best()?.value ?? null,
      reused,
    });
  };
  for (const trial of history) {
    units.forEach(() => {
      run.meter.skipped(group.model);
    });
    tell(trial, true);
  }

  let kept: { number: number; outcomes: (UnitOutcome | null)[] } = { number: -1, outcomes: [] };
  let problem: string | null = null;
  for (let next = study.ask(); next !== null; next = study.ask()) {
    const began = ports.clock.now();
    const done = await oneTrial(next);
    ports.cancel.check();
    const trial = study.tell(next, done);
    if (study.best()?.number === trial.number) kept = { number: trial.number, outcomes: done.outcomes };
    store.trial(key, { group: group.index, fold, trial, milliseconds: ports.clock.now() - began });
    tell(trial, false);
    run.cachesMoved();
  }
  // A finite space that is used up ends the study early.
  for (let left = study.trials.length; left < settings.nTrials; left++)
    units.forEach(() => {
      run.meter.skipped(group.model);
    });
  const best = study.best();
  const params =
    best === null
      ? null
      : paramsOf({ ...paramsAt(settings.space, best.point), ...paramsAt(settings.trainSpace, best.point) });
  return { params, outcomes: kept.number === best?.number ? kept.outcomes : units.map(() => null), problem };

  function paramsOf(chosen: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const model = group.steps.at(-1);
    return modelParams(ports.lookup, group.model, model?.role === 'model' ? model.params : {}, chosen);
  }

  async function oneTrial(suggestion: Suggestion) {
    const values: (number | null)[] = units.map(() => null);
    const outcomes: (UnitOutcome | null)[] = units.map(() => null);
    const problems: (string | null)[] = units.map(() => null);
    const oneFold = async (at: number): Promise<void> => {
      const { entry, fold: k } = units[at];
      try {
        const params = paramsOf({ ...suggestion.modelParams, ...suggestion.trainParams });
        const outcome = await computeUnit(run, {
          steps: withModelParams(entry.group.steps, params),
          splitterIndex: entry.group.splitterIndex,
          fold: entry.folds[k],
          pathParam: null,
          pathValues: null,
          keepChains: false,
        });
        run.meter.fitted(entry.group.model, outcome.result.milliseconds);
        outcomes[at] = outcome;
        values[at] = scoreOf(run, outcome, metric);
      } catch (error) {
        if (error instanceof CancelledError || isStorageFailure(error)) throw error;
        problems[at] = `Trial ${suggestion.number + 1}, fold ${k + 1}: ${errorReport(error).message}`;
        run.meter.failed(entry.group.model);
      }
    };
    if (settings.pruner === 'none') {
      await Promise.all(units.map((_, at) => oneFold(at)));
      problem ??= problems.find((one) => one !== null) ?? null;
      return { state: 'complete' as const, values, outcomes };
    }
    for (let at = 0; at < units.length; at++) {
      await oneFold(at);
      problem ??= problems[at];
      const soFar = values.slice(0, at + 1);
      if (at + 1 < units.length && study.shouldPrune(suggestion, soFar)) {
        for (let left = at + 1; left < units.length; left++) run.meter.skipped(group.model);
        return { state: 'pruned' as const, values: soFar, outcomes };
      }
    }
    return { state: 'complete' as const, values, outcomes };
  }
}

/** The score of a fitted unit on its validation samples. */
export function scoreOf(run: RunContext, { result }: UnitOutcome, metric?: string): number | null {
  const [predictions] = result.predictions;
  if (predictions === null || predictions === undefined) return null;
  const measured = takeValues(run.input.data.y, result.rows.validation);
  return finiteOrNull(run.ports.metrics.score({ measured, ...predictions.validation }, metric));
}

/** A study is the same in two runs when it searches the same space for the same chains on the same folds of the same data. */
function studyKey(run: RunContext, settings: FinetuneSettings, units: readonly StudyUnit[]): string {
  const { input, ports } = run;
  return ports.digest(
    JSON.stringify([
      input.dataHash,
      input.plan.seed,
      settings.metric ?? input.plan.metric,
      settings,
      units.map(({ entry: { group } }) => chainKey(group.steps, group.steps.length, group.splitterIndex, ports.lookup)),
    ]),
    [input.data.train, ...units.flatMap(({ entry, fold }) => [entry.folds[fold].train, entry.folds[fold].validation])],
  );
}
