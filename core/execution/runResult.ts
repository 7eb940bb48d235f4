import type { CvBest, RunResult, VariantSummary } from '#core/contract/runs.ts';
import type { RefitScores } from '#core/execution/refit.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import type { Choice } from '#core/execution/selection.ts';

/** What a finished run says of itself. */
export function runResult(
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

/** A candidate as results name it. */
export function cvBestOf(run: RunContext, candidate: Choice['winner'] | null): CvBest | null {
  if (candidate === null) return null;
  const variant = run.input.plan.variants[candidate.variant];
  return { variant: variant.index, label: variant.label, params: { ...variant.params }, score: candidate.score };
}

/** Fits that happen: every fold of every group, and the refit (or the one fit without a splitter). */
export const realFits = (groups: readonly GroupFolds[], withRefit: boolean): number =>
  groups.reduce((sum, { folds }) => sum + folds.length, 0) +
  (withRefit || groups.every(({ folds }) => folds.length === 0) ? 1 : 0);
