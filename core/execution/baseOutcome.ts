import type { VariantSummary } from '#core/contract/runTypes.ts';
import type { Averaged } from '#core/execution/averages.ts';
import type { VariantFold } from '#core/execution/groupResults.ts';

/** What pass 1 leaves of a model that others learn from. */
export interface BaseOutcome {
  readonly summary: VariantSummary;
  /** Mean of the fold scores under each metric that a merge names. */
  readonly means: Readonly<Record<string, number | null>>;
  /** One entry a fold; null where it failed. */
  readonly folds: readonly (VariantFold | null)[];
  /** Out-of-fold predictions: the mean over a sample's appearances where it was validated several times. */
  readonly validation: Omit<Averaged, 'first'> | null;
  /** Mean of the fold models. */
  readonly test: Omit<Averaged, 'first'> | null;
}

/** By the number of the variant. */
export type BaseOutcomes = ReadonlyMap<number, BaseOutcome>;
