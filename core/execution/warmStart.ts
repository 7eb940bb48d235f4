import type { State } from '#core/data/operator.ts';
import { computeUnit } from '#core/execution/computeUnit.ts';
import type { CrossValidation } from '#core/execution/crossValidation.ts';
import type { PlannedVariant } from '#core/execution/plan.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';

/** The state that training goes on from, and what names it. */
export interface WarmStartFrom {
  readonly state: State;
  readonly from: string;
}

/**
 * The fold model that a refit starts from (`warm_start`): kept by pass 1, or trained once more where an earlier run did
 * that fold. Null for a cold start.
 */
export async function warmStartOf(
  run: RunContext,
  variant: PlannedVariant,
  { group, folds }: GroupFolds,
  cv: CrossValidation,
  steps: readonly PlannedStep[],
): Promise<WarmStartFrom | null> {
  const { warmStart } = variant;
  if (warmStart === null || folds.length === 0) return null;
  const scores = cv.foldScores.get(variant.index) ?? [];
  const fold = warmStart === 'best' ? bestOf(run, scores) : warmStart === 'last' ? folds.length - 1 : warmStart;
  if (fold >= folds.length) {
    run.warn(
      `${variant.modelName}: there is no fold_${fold} to start from (there are ${folds.length} folds); the refit starts cold.`,
    );
    return null;
  }
  const from = `fold_${fold} ${run.ports.digest('fold', [folds[fold].train])}`;
  const kept = cv.foldStates.get(`${variant.index} ${fold}`);
  if (kept !== undefined) return { state: kept, from };
  const { result } = await computeUnit(run, {
    ...{ steps, splitterIndex: group.splitterIndex, fold: folds[fold] },
    ...{ pathParam: null, pathValues: null, keepChains: true },
  });
  const model = result.chains?.[0]?.steps.at(-1);
  return model?.role === 'model' ? { state: model.state, from } : null;
}

function bestOf(run: RunContext, scores: readonly (number | null)[]): number {
  const sign = run.ports.metrics.direction() === 'lower' ? 1 : -1;
  let best = 0;
  scores.forEach((score, at) => {
    if (score !== null && sign * (score - (scores[best] ?? sign * Infinity)) < 0) best = at;
  });
  return best;
}
