import { CancelledError } from '#core/base/cancellation.ts';
import { EngineError, errorReport } from '#core/base/errors.ts';
import { computeFolds, foldsTogether, type FoldsRequest } from '#core/execution/computeFolds.ts';
import { computeUnit, sameParams, type UnitOutcome, type UnitRequest } from '#core/execution/computeUnit.ts';
import { foldDone } from '#core/execution/foldDone.ts';
import { describeVariant, groupOutcomes, type FoldOutcome } from '#core/execution/groupResults.ts';
import { baseOutcomeOf, type Findings } from '#core/execution/crossValidation.ts';
import { gramBases } from '#core/execution/gramBases.ts';
import { isStorageFailure } from '#core/execution/isStorageFailure.ts';
import { withModelParams } from '#core/execution/modelParams.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { tellRounds } from '#core/execution/tellRounds.ts';
import type { RoutePlan } from '#core/execution/stepPlans.ts';
import { routedFold, routeOf } from '#core/execution/readyGroup.ts';
import { runStudy, scoreOf } from '#core/execution/tune.ts';

type Params = Readonly<Record<string, unknown>>;

/** What is known of a group while its folds are computed. */
interface Progress {
  readonly outcomes: (FoldOutcome | null)[];
  left: number;
  /** Of the first fold that failed, not of the one that ended first. */
  problem: { readonly fold: number; readonly sentence: string } | null;
  readonly notices: (readonly string[])[];
}

/**
 * Groups that need nothing of each other over every fold, on the pool; groups with finetuning are searched first. Stores
 * the predictions of each fold as they come, then the averaged ones and the figures of each variant. A fold that fails
 * takes its variants out of the selection, not the run down.
 *
 * @param cv gets what is found; it has what the levels before found
 */
export async function crossValidateLevel(
  run: RunContext,
  groups: readonly GroupFolds[],
  { summaries, means, tuned, bases: baseOutcomes, foldScores, foldStates }: Findings,
): Promise<void> {
  const { ports, input } = run;
  const progress = new Map(
    groups.map((entry): [number, Progress] => [
      entry.group.index,
      {
        outcomes: entry.folds.map(() => null),
        left: entry.folds.length,
        problem: null,
        notices: entry.folds.map(() => []),
      },
    ]),
  );
  const together = new Map(
    groups
      .filter((entry) => entry.group.finetune === null && foldsTogether(run, requestOf(entry)))
      .map((entry) => [entry, requestOf(entry)]),
  );
  const bases = gramBases(run, [...together.values()]);
  const jobs: (() => Promise<unknown>)[] = [
    ...searches(groups).map((searched) => () => tuneTogether(searched)),
    ...groups
      .filter(({ group }) => group.finetune === null)
      .flatMap((entry): (() => Promise<unknown>)[] => {
        const route = routeOf(entry);
        if (route !== null) return entry.folds.map((_, k) => () => routeFold(entry, route, k));
        const request = together.get(entry);
        return request === undefined
          ? entry.folds.map((_, k) => () => oneFold(entry, k, null, null))
          : [() => allFolds(entry, request)];
      }),
  ];

  async function work(): Promise<void> {
    try {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        ports.cancel.check();
        await job();
      }
    } catch (error) {
      jobs.length = 0; // what stops one stops all: nothing new is begun
      throw error;
    }
  }

  /** Searches the parameters of these groups with one study (or one a fold), then fits their folds with them. */
  async function tuneTogether(searched: readonly GroupFolds[]): Promise<void> {
    const [first] = searched;
    const settings = first?.group.finetune;
    if (first === undefined || settings === undefined || settings === null) return;
    for (const { group } of searched) run.emit({ type: 'variant.started', group: group.index });
    const everyFold = searched.flatMap((entry) => entry.folds.map((_, fold) => ({ entry, fold })));
    const separate = settings.approach === 'individual';
    const studies = separate ? everyFold.map((unit) => [unit]) : [everyFold];
    const found: { params: Params; score: number | null }[] = [];
    for (const units of studies) {
      const end = await runStudy(run, settings, units, separate ? (units[0]?.fold ?? null) : null);
      for (const [at, { entry, fold }] of units.entries()) {
        if (end.params === null) {
          fail(entry, fold, end.problem ?? 'No trial of the finetuning could be computed.');
          continue;
        }
        const outcome = await oneFold(entry, fold, end.params, end.outcomes[at] ?? null);
        found.push({ params: end.params, score: outcome === null ? null : scoreOf(run, outcome) });
      }
    }
    for (const { group } of searched) {
      const params = bestOf(found, ports.metrics.direction());
      if (params !== null) tuned.set(group.index, params);
    }
    for (const entry of searched) groupDone(entry);
  }

  /** Computes the folds of a group together; those that do not lend themselves to it one by one. */
  async function allFolds(entry: GroupFolds, request: FoldsRequest): Promise<void> {
    run.emit({ type: 'variant.started', group: entry.group.index });
    const left = new Set(entry.folds.keys());
    const broken = new Set<unknown>();
    try {
      const workers = Math.max(1, Math.floor(ports.pool.size / (jobs.length + 1)));
      await computeFolds(run, request, workers, bases, async ({ fold, unit, known }) => {
        left.delete(fold);
        await oneFold(entry, fold, null, known, unit).catch((error: unknown) => {
          broken.add(error); // a store that cannot write is no failed fold
          throw error;
        });
      });
    } catch (error) {
      if (error instanceof CancelledError || isStorageFailure(error) || broken.has(error)) throw error;
      for (const fold of left) fail(entry, fold, errorReport(error).message);
    } finally {
      await bases.done(request);
    }
  }

  /** Nothing is fitted for a route: its models have predicted already. */
  async function routeFold(entry: GroupFolds, route: RoutePlan, k: number): Promise<void> {
    try {
      const result = routedFold(run, route, k, baseOutcomes);
      await oneFold(entry, k, null, { result, keys: [], reused: false });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      fail(entry, k, error.message, false);
    }
  }

  /** Fits a fold (or takes what a search has fitted already) and stores it. Null when it failed. */
  async function oneFold(
    entry: GroupFolds,
    k: number,
    params: Params | null,
    known: UnitOutcome | null,
    unit: UnitRequest | null = null,
  ): Promise<UnitOutcome | null> {
    const { group, folds } = entry;
    if (k === 0 && params === null && unit === null) run.emit({ type: 'variant.started', group: group.index });
    const warm = group.variants.some((index) => input.plan.variants[index].warmStart !== null);
    let outcome: UnitOutcome;
    await run.breathe();
    try {
      outcome =
        known ??
        (await computeUnit(
          run,
          unit ?? {
            steps: params === null ? group.steps : withModelParams(group.steps, params),
            splitterIndex: group.splitterIndex,
            fold: folds[k],
            pathParam: group.pathParam,
            pathValues: group.pathValues,
            keepChains: warm,
            chainsOptional: warm,
            trained: tellRounds(run, group.index, k),
          },
        ));
    } catch (error) {
      if (error instanceof CancelledError || isStorageFailure(error)) throw error;
      fail(entry, k, errorReport(error).message);
      return null;
    }
    run.meter.fitted(group.model, outcome.result.milliseconds);
    if (warm)
      group.variants.forEach((variant, at) => {
        const model = outcome.result.chains?.[group.pathValues === null ? 0 : at]?.steps.at(-1);
        if (model?.role === 'model') foldStates.set(`${variant} ${k}`, model.state);
      });
    const state = progress.get(group.index);
    if (state !== undefined) {
      state.outcomes[k] = { result: outcome.result, params };
      state.notices[k] = outcome.result.notices;
      state.left--;
    }
    foldDone(run, entry, k, outcome, params);
    run.cachesMoved();
    if (params === null && state?.left === 0) groupDone(entry);
    return outcome;
  }

  function fail(entry: GroupFolds, k: number, message: string, inFold = true): void {
    const { group } = entry;
    const state = progress.get(group.index);
    if (state !== undefined) {
      if (state.problem === null || k < state.problem.fold)
        state.problem = { fold: k, sentence: inFold ? `Fold ${k + 1}: ${message}` : message };
      state.left--;
    }
    run.meter.failed(group.model);
    run.emit({ type: 'fold.failed', group: group.index, fold: k, message });
    if (group.finetune === null && state?.left === 0) groupDone(entry);
  }

  function groupDone(entry: GroupFolds): void {
    const { group, folds } = entry;
    const state = progress.get(group.index);
    if (state === undefined) return;
    const done = groupOutcomes(
      run,
      entry,
      state.outcomes,
      state.problem?.sentence ?? null,
      tuned.get(group.index) ?? null,
    );
    ports.store.variants(done.map(({ summary }) => summary));
    ports.store.predictions(() => done.flatMap(({ averages }) => averages()), {
      strategy: entry.strategy,
      folds: folds.length,
    });
    for (const outcome of done) {
      const { variant } = outcome.summary;
      foldScores.set(variant, outcome.foldScores);
      summaries.set(variant, outcome.summary);
      means.set(variant, outcome.means);
      if (input.plan.variants[variant].base) baseOutcomes.set(variant, baseOutcomeOf(outcome, state.outcomes));
    }
    state.outcomes.fill(null); // the arrays are stored
    run.preparation().groupDone(group);
    const sign = ports.metrics.direction() === 'lower' ? 1 : -1;
    const best = done
      .map(({ summary }) => summary)
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
  // One more than there are workers: none waits while this thread stores what the others found.
  const inFlight = together.size > ports.pool.size ? ports.pool.size + 1 : ports.pool.size;
  const outcomes = await Promise.allSettled(Array.from({ length: inFlight }, work));
  await bases.close();
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  // In the order of the folds, whichever worker was faster.
  for (const notice of [...progress.values()].flatMap(({ notices }) => notices.flat())) run.warn(notice);
}

const requestOf = ({ group, folds }: GroupFolds): FoldsRequest => ({
  steps: group.steps,
  splitterIndex: group.splitterIndex,
  pathParam: group.pathParam,
  pathValues: group.pathValues,
  group: group.index,
  folds,
});

/** Groups that are searched by one study: each by itself, or, with `approach: single`, all that search the same. */
function searches(groups: readonly GroupFolds[]): GroupFolds[][] {
  const lists: GroupFolds[][] = [];
  for (const entry of groups) {
    const { finetune, model, steps } = entry.group;
    if (finetune === null || entry.folds.length === 0) continue;
    const partners =
      finetune.approach === 'single'
        ? lists.find(
            ([other]) =>
              other?.group.model === model &&
              sameParams(other.group.finetune, finetune) &&
              sameParams(other.group.steps.at(-1), steps.at(-1)),
          )
        : undefined;
    if (partners === undefined) lists.push([entry]);
    else partners.push(entry);
  }
  return lists;
}

/** Parameters of the fold with the best score; those of every fold are the same unless each was tuned by itself. */
function bestOf(
  found: readonly { readonly params: Params; readonly score: number | null }[],
  direction: 'lower' | 'higher',
): Params | null {
  const sign = direction === 'lower' ? 1 : -1;
  const ranked = found.filter((one) => one.score !== null).toSorted((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)));
  return (ranked[0] ?? found[0])?.params ?? null;
}
