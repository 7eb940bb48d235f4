import type { CvBest, RunResult } from '#core/contract/runTypes.ts';
import type { CrossValidation } from '#core/execution/crossValidation.ts';
import { basesOf } from '#core/execution/basesOf.ts';
import { competing, type RunPlan } from '#core/execution/plan.ts';
import { routeOf } from '#core/execution/readyGroup.ts';
import type { RefitOutcome } from '#core/execution/refit.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import type { Candidate } from '#core/execution/selection.ts';
import type { Selection } from '#core/execution/selectPhase.ts';

/** What a finished run says of itself. */
export function runResult(
  run: RunContext,
  groups: readonly GroupFolds[],
  { summaries }: Pick<CrossValidation, 'summaries'>,
  choice: Selection | null,
  { group, folds, strategy }: GroupFolds,
  outcomes: readonly RefitOutcome[],
  foldEnsemble: number,
): RunResult {
  const { plan, data, runId } = run.input;
  const refits = outcomes.map(({ refit }) => refit);
  const byVariant = new Map(summaries.map((one) => [one.variant, one]));
  const best = choice === null ? undefined : byVariant.get(choice.selected.variant);
  const swept = group.pathValues !== null && group.pathParam === 'n_components' && choice !== null;
  const order = swept
    ? group.variants.map((_, at) => at).toSorted((a, b) => (group.pathValues?.[a] ?? 0) - (group.pathValues?.[b] ?? 0))
    : [];
  const deployed = refits.find(({ problem }) => problem === null) ?? null;
  const main = refits[0]?.problem === null ? refits[0] : null;
  return {
    runId,
    status: 'completed',
    task: plan.task,
    classes: data.classes === null ? null : [...data.classes],
    variants: competing(plan).length,
    realFits: realFits(groups, plan, Math.max(1, refits.length) + trainedBases(outcomes)),
    folds: folds.length,
    metric: plan.metric,
    ranking: plan.ranking,
    rule: plan.rule,
    cvBest: cvBestOf(run, choice?.selected ?? null, best?.tuned),
    cvBestScore: choice?.selected.score ?? null,
    rmsecv: best?.rmsecv ?? null,
    rmsecvMeanOfFolds: plan.metric === 'rmse' ? (best?.meanScore ?? null) : null,
    rmsecvByComponents: swept ? order.map((at) => byVariant.get(group.variants[at])?.rmsecv ?? null) : null,
    components: swept ? order.map((at) => group.pathValues?.[at] ?? 0) : null,
    oneStandardError: cvBestOf(run, choice?.oneStandardError ?? null),
    finalScore: main?.finalScore ?? null,
    rmsec: main?.rmsec ?? null,
    rmsep: main?.rmsep ?? null,
    refits,
    baseModels: [...(outcomes[0]?.baseModels ?? [])],
    foldEnsemble,
    cv: best?.cv ?? null,
    train: main?.train ?? null,
    test: main?.test ?? null,
    finalParams: deployed === null ? null : { ...deployed.params },
    cache: run.caches.report(),
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

/** A candidate as results name it, with the parameters that finetuning found. */
export function cvBestOf(
  run: RunContext,
  candidate: Candidate | null,
  tuned?: Readonly<Record<string, unknown>> | null,
): CvBest | null {
  if (candidate === null) return null;
  const variant = run.input.plan.variants[candidate.variant];
  return {
    variant: variant.index,
    label: variant.label,
    params: { ...(tuned ?? variant.params) },
    score: candidate.score,
  };
}

/** Fits of one refit of a variant: the model, and every base model that it may learn from. */
export function refitSize(groups: readonly GroupFolds[], variant: number): number {
  const models = new Set<number>();
  const add = (index: number): void => {
    const entry = groups.find(({ group }) => group.variants.includes(index));
    if (entry === undefined || models.has(index)) return;
    if (routeOf(entry) === null) models.add(index);
    for (const base of basesOf(entry.group.steps)) add(base);
  };
  add(variant);
  return models.size;
}

/** Base models that were trained for the refits, each once a refit. */
const trainedBases = (outcomes: readonly RefitOutcome[]): number =>
  outcomes.reduce((sum, { baseModels }) => sum + new Set(baseModels.map(({ variant }) => variant)).size, 0);

/** Fits that happen: every fold of every group (and trial), and the refits (or the one fit without a splitter). */
export const realFits = (groups: readonly GroupFolds[], plan: Pick<RunPlan, 'refit'>, refits = 1): number =>
  groups.reduce(
    (sum, entry) => sum + (routeOf(entry) === null ? entry.folds.length * (entry.group.finetune?.nTrials ?? 1) : 0),
    0,
  ) + (groups.every(({ folds }) => folds.length === 0) ? 1 : plan.refit ? refits : 0);
