import { EngineError } from '#core/base/errors.ts';
import type { CrossValidation, Findings } from '#core/execution/crossValidation.ts';
import { crossValidateLevel } from '#core/execution/crossValidateLevel.ts';
import { describeVariant } from '#core/execution/groupResults.ts';
import { outOfFoldJoin, withReadyJoins } from '#core/execution/readyGroup.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';

/**
 * Pass 1: every variant over every fold. Models that others learn from come first; what they say of each sample out of
 * fold is what the next level sees of it.
 */
export async function crossValidate(run: RunContext, groups: readonly GroupFolds[]): Promise<CrossValidation> {
  const found: Findings = {
    summaries: new Map(),
    means: new Map(),
    tuned: new Map(),
    bases: new Map(),
    foldScores: new Map(),
    foldStates: new Map(),
  };
  const last = Math.max(...groups.map(({ group }) => group.level));
  for (let level = 0; level <= last; level++) {
    const ready = groups
      .filter(({ group }) => group.level === level)
      .flatMap((entry) => madeReady(run, entry, found) ?? []);
    await crossValidateLevel(run, ready, found);
  }
  const { variants } = run.input.plan;
  return { ...found, summaries: variants.flatMap((variant) => found.summaries.get(variant.index) ?? []) };
}

/** The group with the predictions that it learns from; null, and its variants failed, where they cannot be had. */
function madeReady(run: RunContext, entry: GroupFolds, found: Findings): GroupFolds | null {
  const { group } = entry;
  try {
    const steps = withReadyJoins(group.steps, outOfFoldJoin(run, found.bases));
    return { ...entry, group: { ...group, steps } };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { message } = error;
    const failed = group.variants.map((index) => ({
      ...describeVariant(run.input.plan.variants[index], group.index),
      status: 'failed' as const,
      problem: message,
    }));
    run.ports.store.variants(failed);
    for (const summary of failed) {
      found.summaries.set(summary.variant, summary);
      if (run.input.plan.variants[summary.variant].base)
        found.bases.set(summary.variant, { summary, means: {}, folds: [], validation: null, test: null });
    }
    for (const fold of entry.folds.keys()) {
      run.meter.failed(group.model);
      run.emit({ type: 'fold.failed', group: group.index, fold, message });
    }
    run.emit({ type: 'variant.completed', group: group.index, best: null });
    return null;
  }
}
