import type { VariantSummary } from '#core/contract/runTypes.ts';
import type { State } from '#core/data/operator.ts';
import type { BaseOutcome, BaseOutcomes } from '#core/execution/baseOutcome.ts';
import type { FoldOutcome, VariantOutcome } from '#core/execution/groupResults.ts';

/** What pass 1 leaves for selection and refit. */
export interface CrossValidation {
  /** In the order of the variants, base models last. */
  readonly summaries: readonly VariantSummary[];
  /** By variant: the mean score under each metric that a refit criterion or a merge names. */
  readonly means: ReadonlyMap<number, Readonly<Record<string, number | null>>>;
  /** By fit group: the parameters that finetuning found. */
  readonly tuned: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
  /** Out-of-fold predictions of the models that others learn from. */
  readonly bases: BaseOutcomes;
  /** By variant: validation scores of the folds. */
  readonly foldScores: ReadonlyMap<number, readonly (number | null)[]>;
  /** By variant and fold: what a model learned, where the refit starts from a fold model. */
  readonly foldStates: ReadonlyMap<string, State>;
}

/** Where nothing was cross-validated. */
export const noCrossValidation = (summaries: readonly VariantSummary[]): CrossValidation => ({
  summaries,
  means: new Map(),
  tuned: new Map(),
  bases: new Map(),
  foldScores: new Map(),
  foldStates: new Map(),
});

/** The same while it is being found. */
export interface Findings {
  readonly summaries: Map<number, VariantSummary>;
  readonly means: Map<number, Readonly<Record<string, number | null>>>;
  readonly tuned: Map<number, Readonly<Record<string, unknown>>>;
  readonly bases: Map<number, BaseOutcome>;
  readonly foldScores: Map<number, readonly (number | null)[]>;
  readonly foldStates: Map<string, State>;
}

/** What a base model leaves for those that learn from it. */
export function baseOutcomeOf(
  { summary, means, averages, folds }: VariantOutcome,
  outcomes: readonly (FoldOutcome | null)[],
): BaseOutcome {
  const average = (partition: 'validation' | 'test') => {
    const found = averages().find((one) => one.fold === 'avg' && one.partition === partition);
    return found === undefined ? null : found;
  };
  return {
    summary,
    means,
    folds: folds.length === outcomes.length ? folds : outcomes.map(() => null),
    validation: average('validation'),
    test: average('test'),
  };
}
