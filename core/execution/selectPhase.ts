import { EngineError } from '#core/base/errors.ts';
import type { VariantSummary } from '#core/contract/runTypes.ts';
import type { CrossValidation } from '#core/execution/crossValidation.ts';
import type { RefitCriterion } from '#core/execution/plan.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import { cvBestOf } from '#core/execution/runResult.ts';
import { select, type Candidate, type Choice } from '#core/execution/selection.ts';

/** How many variants the selection event lists. */
const TOP = 10;

/** A variant to refit, and which criterion asked for it, in words. */
export interface Chosen {
  readonly variant: number;
  readonly criterion: string;
}

export interface Selection extends Choice {
  /** What is deployed: the winner, or the simpler one under the one-standard-error rule. */
  readonly selected: Candidate;
  /** The deployed variant first; no variant twice. */
  readonly refits: readonly Chosen[];
}

/** Phase 3: the winner, the one-standard-error alternative, and the ranking, stored and told. */
export function selectPhase(run: RunContext, { summaries, means }: CrossValidation): Selection {
  const { plan } = run.input;
  const { metrics, store } = run.ports;

  const choose = ({ ranking, metric }: Pick<RefitCriterion, 'ranking' | 'metric'>): Choice | null => {
    // The standard error belongs to the mean of the fold scores; beside a pooled RMSECV only that of RMSEs makes sense.
    const own = metric === null || metric === plan.metric;
    const errorOf = (one: VariantSummary) =>
      own && (ranking === 'mean_val' || plan.metric === 'rmse') ? one.scoreSe : null;
    const scoreOf = (one: VariantSummary): number | null =>
      ranking === 'rmsecv' ? one.rmsecv : own ? one.meanScore : (means.get(one.variant)?.[metric] ?? null);
    return select(
      summaries.flatMap((one) => {
        const score = scoreOf(one);
        if (one.base || one.status !== 'completed' || score === null) return [];
        const { complexity } = plan.variants[one.variant];
        return [{ variant: one.variant, score, error: errorOf(one), complexity, fitGroup: one.fitGroup }];
      }),
      ranking === 'rmsecv' ? 'lower' : metrics.direction(metric ?? undefined),
    );
  };

  const choice = choose({ ranking: plan.ranking, metric: null });
  if (choice === null)
    throw new EngineError('run.all-failed', {
      first:
        summaries.find((one) => one.problem !== null)?.problem ??
        `${plan.metric} cannot be computed on folds this small. Use larger folds, the metric rmse, or the ranking rmsecv.`,
    });
  const failed = summaries.filter((one) => one.status === 'failed' && !one.base);
  const [first] = failed;
  if (first !== undefined)
    run.warn(
      `${failed.length} of ${summaries.filter(({ base }) => !base).length} variants could not be computed and took no part in the choice. ` +
        `The first: ${first.label}. ${first.problem ?? ''}`,
    );
  const selected = plan.rule === 'one_standard_error' ? (choice.oneStandardError ?? choice.winner) : choice.winner;
  const byVariant = new Map(summaries.map((one) => [one.variant, one]));
  const summaryOf = (variant: number): VariantSummary[] => {
    const one = byVariant.get(variant);
    return one === undefined ? [] : [{ ...one, selected: variant === selected.variant }];
  };
  const ranked = choice.ranked.map((one) => one.variant);
  store.selected(ranked, selected.variant);
  const [winner] = summaryOf(selected.variant);
  if (winner !== undefined)
    run.emit({
      type: 'selection.completed',
      rule: ruleInWords(plan.ranking, plan.rule),
      winner,
      oneStandardError: cvBestOf(run, choice.oneStandardError),
      top: ranked.slice(0, TOP).flatMap(summaryOf),
    });

  const wanted: Chosen[] = [{ variant: selected.variant, criterion: ruleInWords(plan.ranking, plan.rule) }];
  for (const criterion of plan.criteria)
    for (const [place, candidate] of (choose(criterion)?.ranked ?? []).slice(0, criterion.topK).entries())
      if (wanted.every(({ variant }) => variant !== candidate.variant))
        wanted.push({
          variant: candidate.variant,
          criterion: criterionInWords(criterion, metrics.title(criterion.metric ?? undefined), place + 1),
        });
  return { ...choice, selected, refits: wanted };
}

const ruleInWords = (ranking: 'mean_val' | 'rmsecv', rule: 'best' | 'one_standard_error'): string => {
  const score = ranking === 'rmsecv' ? 'pooled RMSECV' : 'mean of the fold scores';
  if (rule === 'one_standard_error') return `simplest within one standard error of the best ${score}`;
  return ranking === 'rmsecv' ? 'lowest pooled RMSECV' : 'best mean of the fold scores';
};

const criterionInWords = ({ ranking }: RefitCriterion, title: string, place: number): string =>
  `place ${place} by ${ranking === 'rmsecv' ? 'pooled RMSECV' : `mean ${title} of the folds`}`;
