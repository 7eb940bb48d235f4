import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { compareLetters } from '#renderer/builder/compareLetters.ts';
import type { BaseModel } from '#core/contract/baseModel.ts';
import type { RunSummary, VariantSummary } from '#core/contract/runTypes.ts';
import { isDeployed } from '#renderer/views/results/treeRows.ts';

/** A model that another learns from, as the panel shows it. */
export interface MetaRow {
  readonly model: BaseModel;
  readonly letters: readonly string[];
  /** Samples behind its RMSECV. */
  readonly n: number | null;
}

/**
 * The models that a variant learns from: of the deployed variant, or of one of its base models that learns from others
 * itself. In the order of the branches. Empty for every other variant: only the deployed one was weighed.
 */
export function metaRows(
  { result, ...run }: RunSummary,
  variant: VariantSummary,
  bases: readonly VariantSummary[],
): MetaRow[] {
  const all = result?.baseModels ?? [];
  const user = isDeployed({ ...run, result }, variant) ? null : variant.variant;
  const known = new Map(bases.map((base) => [base.variant, base]));
  const paths = (bases.length > 0 ? bases : all.toSorted((a, b) => a.variant - b.variant)).map((one) => one.branchPath);
  return all
    .filter(({ usedBy }) => usedBy === user)
    .toSorted((a, b) => a.variant - b.variant)
    .map((model) => ({
      model,
      letters: branchLetters(model.branchPath, paths),
      n: known.get(model.variant)?.n ?? null,
    }))
    .toSorted((a, b) => compareLetters(a.letters, b.letters));
}
