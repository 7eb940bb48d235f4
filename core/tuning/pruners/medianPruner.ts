import type { PrunerInput } from '#core/tuning/pruners/pruner.ts';

/**
 * Gives a trial up when its loss so far is above the median of the others after the same fold (Golovin et al. 2017,
 * Google Vizier, KDD, 1487–1495). Judges after the second fold and after five complete trials, never earlier.
 */
export function medianPruner({ others, losses }: PrunerInput): boolean {
  const step = losses.length - 1;
  if (step < WARM_UP_FOLDS || others.filter(({ complete }) => complete).length < STARTUP_TRIALS) return false;
  const reached = others.flatMap((other) => (other.losses.length > step ? [other.losses[step]] : []));
  return reached.length > 0 && losses[step] > median(reached);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const STARTUP_TRIALS = 5;
/** One fold alone says too little. */
const WARM_UP_FOLDS = 1;
