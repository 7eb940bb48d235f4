import { EngineError } from '#core/base/errors.ts';
import type { VariantSummary } from '#core/contract/runs.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import { cvBestOf } from '#core/execution/runResult.ts';
import { select, type Choice } from '#core/execution/selection.ts';

/** How many variants the selection event lists. */
const TOP = 10;

/** Phase 3: the winner, the one-standard-error alternative, and the ranking, stored and told. */
export function selectPhase(run: RunContext, summaries: readonly VariantSummary[]): Choice {
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
