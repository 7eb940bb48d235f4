import { EngineError } from '#core/base/errors.ts';
import type { CvBest, RunResult, VariantSummary } from '#core/contract/runs.ts';
import type { Fold } from '#core/data/operator.ts';
import { crossValidate, describeVariant } from '#core/execution/crossValidate.ts';
import { refit, type RefitScores } from '#core/execution/refit.ts';
import type { FitGroup, PlannedVariant } from '#core/execution/plan.ts';
import {
  runContext,
  type GroupFolds,
  type RunContext,
  type RunInput,
  type RunPorts,
} from '#core/execution/runContext.ts';
import { select, type Choice } from '#core/execution/selection.ts';

/** How many variants the selection event lists. */
const TOP = 10;

/**
 * The two passes: check → cross-validate → select → refit → report. Everything computed is stored and told on the way;
 * the returned result is what the run says of itself. Throws CancelledError or EngineError; what was stored stays.
 */
export async function runPipeline(input: RunInput, ports: RunPorts): Promise<RunResult> {
  const run = runContext(input, ports);
  const { data, plan } = input;
  run.emit({
    type: 'run.started',
    name: input.name,
    datasetName: input.datasetName,
    target: data.targetName,
    targetUnit: data.targetUnit,
    metric: plan.metric,
    nTrain: data.train.length,
    nTest: data.test.length,
    variants: plan.variants.length,
  });
  const groups = await check(run);

  run.enter('cv');
  const hasCv = groups.some(({ folds }) => folds.length > 0);
  if (!hasCv && plan.variants.length > 1)
    throw new EngineError('run.cannot-choose', { variants: plan.variants.length });
  const summaries = hasCv ? await crossValidate(run, groups) : plan.variants.map((v) => describeVariant(v, 0));

  run.enter('select');
  const choice = hasCv ? choose(run, summaries) : null;
  const winnerIndex = choice?.winner.variant ?? 0;
  const groupOfWinner = groups.find(({ group }) => group.variants.includes(winnerIndex));
  const winner = plan.variants[winnerIndex];
  if (winner === undefined || groupOfWinner === undefined) throw new EngineError('run.no-model', {});

  run.enter('refit');
  const scores = hasCv
    ? plan.refit
      ? await refitted(run, winner, groupOfWinner)
      : null
    : await fittedOnce(run, winner, groupOfWinner);
  if (scores !== null && data.test.length === 0)
    run.warn(
      hasCv
        ? 'There is no test set, so the final model has no independent check; quote the RMSECV.'
        : 'There is no test set and no cross-validation, so nothing says how well the model predicts.',
    );

  run.enter('report');
  run.meter.finished();
  const result = resultOf(run, groups, summaries, choice, groupOfWinner, scores);
  run.emit({ type: 'run.completed', result });
  return result;
}

async function refitted(run: RunContext, winner: PlannedVariant, group: GroupFolds): Promise<RefitScores | null> {
  const outcome = await refit(run, winner, group);
  if (!('problem' in outcome)) return outcome;
  run.warn(`The refit failed: ${outcome.problem} The cross-validation results are complete and stay usable.`);
  return null;
}

/** Without a splitter there is nothing to choose: the one fit on all training data is the final model already. */
async function fittedOnce(run: RunContext, only: PlannedVariant, group: GroupFolds): Promise<RefitScores> {
  const outcome = await refit(run, only, group);
  const { store } = run.ports;
  const summary = describeVariant(only, group.group.index);
  if ('problem' in outcome) {
    store.variants([{ ...summary, status: 'failed', problem: outcome.problem }]);
    throw new EngineError('run.all-failed', { first: outcome.problem });
  }
  store.variants([{ ...summary, status: 'completed' }]);
  store.selected([only.index], only.index);
  return outcome;
}

/** Phase 1: folds of every splitter that occurs, from the data as they reach it. */
async function check(run: RunContext): Promise<GroupFolds[]> {
  const { input, ports } = run;
  const { plan, data } = input;
  const known = new Map<string, Promise<Fold[]>>();
  const groups = await Promise.all(
    plan.groups.map(async (group): Promise<GroupFolds> => {
      const splitter = group.steps[group.splitterIndex];
      if (splitter === undefined) return { group, folds: [], strategy: null };
      const key = JSON.stringify(group.steps.slice(0, group.splitterIndex + 1));
      const folds =
        known.get(key) ??
        ports.pool.split(data, {
          kind: 'split',
          steps: group.steps,
          splitterIndex: group.splitterIndex,
          seed: plan.seed,
        });
      known.set(key, folds);
      return { group, folds: await folds, strategy: ports.describeSplitter(splitter.id, splitter.params) };
    }),
  );
  const fitsOf = (group: FitGroup, folds: number) => folds + (plan.refit && group.index === 0 ? 1 : 0);
  const counts = new Map<string, number>();
  for (const { group, folds } of groups)
    counts.set(group.model, (counts.get(group.model) ?? 0) + fitsOf(group, folds.length));
  run.meter.planned(counts);
  ports.store.variants(
    plan.groups.flatMap((group) => group.variants.map((index) => describeVariant(plan.variants[index], group.index))),
  );
  if (groups.every(({ folds }) => folds.length === 0))
    run.warn(
      'The pipeline has no splitter: the model is trained on all training data and has no cross-validation score.',
    );
  run.emit({
    type: 'check.completed',
    folds: Math.max(0, ...groups.map(({ folds }) => folds.length)),
    realFits: realFits(groups, plan.refit),
    cvStrategy: groups[0]?.strategy ?? null,
    groups: plan.groups.map((group) => ({
      group: group.index,
      label: group.label,
      model: group.model,
      pathParam: group.pathParam,
      pathValues: [...(group.pathValues ?? [])],
      variants: [...group.variants],
    })),
    warnings: [...run.warnings],
  });
  return groups;
}

/** Phase 3: the winner, the one-standard-error alternative, and the ranking, stored and told. */
function choose(run: RunContext, summaries: readonly VariantSummary[]): Choice {
  const { plan } = run.input;
  const { metrics, store } = run.ports;
  const ranking = plan.ranking;
  // The standard error belongs to the mean of the fold scores; beside a pooled RMSECV only that of RMSEs makes sense.
  const errorOf = (one: VariantSummary) => (ranking === 'mean_val' || plan.metric === 'rmse' ? one.scoreSe : null);
  const choice = select(
    summaries.flatMap((one) => {
      const score = ranking === 'rmsecv' ? one.rmsecv : one.meanScore;
      if (one.status !== 'completed' || score === null) return [];
      const { complexity } = plan.variants[one.variant];
      return [{ variant: one.variant, score, error: errorOf(one), complexity, fitGroup: one.fitGroup }];
    }),
    ranking === 'rmsecv' ? 'lower' : metrics.direction,
  );
  if (choice === null)
    throw new EngineError('run.all-failed', {
      first:
        summaries.find((one) => one.problem !== null)?.problem ??
        `${plan.metric} cannot be computed on folds this small. Use larger folds, the metric rmse, or the ranking rmsecv.`,
    });
  const failed = summaries.filter((one) => one.status === 'failed');
  const [first] = failed;
  if (first !== undefined)
    run.warn(
      `${failed.length} of ${summaries.length} variants could not be computed and took no part in the choice. ` +
        `The first: ${first.label}. ${first.problem ?? ''}`,
    );
  const byVariant = new Map(summaries.map((one) => [one.variant, one]));
  const summaryOf = (variant: number): VariantSummary[] => {
    const one = byVariant.get(variant);
    return one === undefined ? [] : [{ ...one, selected: variant === choice.winner.variant }];
  };
  const ranked = choice.ranked.map((one) => one.variant);
  store.selected(ranked, choice.winner.variant);
  const [winner] = summaryOf(choice.winner.variant);
  if (winner !== undefined)
    run.emit({
      type: 'selection.completed',
      rule: ranking === 'rmsecv' ? 'lowest pooled RMSECV' : 'best mean of the fold scores',
      winner,
      oneStandardError: cvBestOf(run, choice.oneStandardError),
      top: ranked.slice(0, TOP).flatMap(summaryOf),
    });
  return choice;
}

function cvBestOf(run: RunContext, candidate: Choice['winner'] | null): CvBest | null {
  if (candidate === null) return null;
  const variant = run.input.plan.variants[candidate.variant];
  return { variant: variant.index, label: variant.label, params: { ...variant.params }, score: candidate.score };
}

const realFits = (groups: readonly GroupFolds[], withRefit: boolean): number =>
  groups.reduce((sum, { folds }) => sum + folds.length, 0) +
  (withRefit || groups.every(({ folds }) => folds.length === 0) ? 1 : 0);

function resultOf(
  run: RunContext,
  groups: readonly GroupFolds[],
  summaries: readonly VariantSummary[],
  choice: Choice | null,
  { group, folds, strategy }: GroupFolds,
  scores: RefitScores | null,
): RunResult {
  const { plan, data, runId } = run.input;
  const byVariant = new Map(summaries.map((one) => [one.variant, one]));
  const best = choice === null ? undefined : byVariant.get(choice.winner.variant);
  const swept = group.pathValues !== null && group.pathParam === 'n_components' && choice !== null;
  const order = swept
    ? group.variants.map((_, at) => at).toSorted((a, b) => (group.pathValues?.[a] ?? 0) - (group.pathValues?.[b] ?? 0))
    : [];
  return {
    runId,
    status: 'completed',
    variants: plan.variants.length,
    realFits: realFits(groups, plan.refit),
    folds: folds.length,
    metric: plan.metric,
    ranking: plan.ranking,
    cvBest: cvBestOf(run, choice?.winner ?? null),
    cvBestScore: choice?.winner.score ?? null,
    rmsecv: best?.rmsecv ?? null,
    rmsecvMeanOfFolds: plan.metric === 'rmse' ? (best?.meanScore ?? null) : null,
    rmsecvByComponents: swept ? order.map((at) => byVariant.get(group.variants[at])?.rmsecv ?? null) : null,
    components: swept ? order.map((at) => group.pathValues?.[at] ?? 0) : null,
    oneStandardError: cvBestOf(run, choice?.oneStandardError ?? null),
    finalScore: scores?.finalScore ?? null,
    rmsec: scores?.rmsec ?? null,
    rmsep: scores?.rmsep ?? null,
    nTrain: data.train.length,
    nTest: data.test.length,
    nCv: best?.n ?? null,
    cvStrategy: strategy,
    target: data.targetName,
    targetUnit: data.targetUnit,
    warnings: [...run.warnings],
    timings: Object.fromEntries(Object.entries(run.timings).map(([phase, ms]) => [phase, Math.round(ms)])),
  };
}
