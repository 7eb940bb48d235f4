/** What selection compares of a variant. */
export interface Candidate {
  readonly variant: number;
  readonly score: number;
  readonly error: number | null;
  /** Smaller is simpler. */
  readonly complexity: number;
  readonly fitGroup: number;
}

export interface Choice {
  readonly winner: Candidate;
  /** The simplest variant of the winner's own sweep within one standard error of it; null without an error estimate. */
  readonly oneStandardError: Candidate | null;
  /** All candidates, best first. */
  readonly ranked: readonly Candidate[];
}

/**
 * The best score wins; ties go to the simpler variant, then to the earlier one, so that the same input always gives
 * the same winner. The one-standard-error rule: Hastie, Tibshirani & Friedman, Elements of Statistical Learning, §7.10.
 */
export function select(candidates: readonly Candidate[], direction: 'lower' | 'higher'): Choice | null {
  const sign = direction === 'lower' ? 1 : -1;
  const ranked = candidates
    .filter((candidate) => Number.isFinite(candidate.score))
    .toSorted((a, b) => sign * (a.score - b.score) || a.complexity - b.complexity || a.variant - b.variant);
  const winner = ranked[0];
  if (winner === undefined) return null;
  const { error } = winner;
  const oneStandardError =
    error === null
      ? null
      : (ranked
          .filter((one) => one.fitGroup === winner.fitGroup && sign * (one.score - winner.score) <= error)
          .toSorted((a, b) => a.complexity - b.complexity || a.variant - b.variant)[0] ?? null);
  return { winner, oneStandardError, ranked };
}
