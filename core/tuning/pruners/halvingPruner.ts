import type { PrunerInput } from '#core/tuning/pruners/pruner.ts';

/**
 * Asynchronous successive halving (Li et al. 2020, MLSys 2, 230–246): after 1, 3, 9, … folds, only the best third of
 * the trials that came so far goes on.
 */
export const halvingPruner = (input: PrunerInput): boolean => halving(input, 0);

/** As above with the first decision after 3^rate folds. */
export function halving({ others, losses }: PrunerInput, rate: number): boolean {
  const folds = losses.length;
  if (!isRung(folds, rate)) return false;
  const own = losses[folds - 1];
  const rivals = [own, ...others.flatMap((other) => (other.losses.length >= folds ? [other.losses[folds - 1]] : []))];
  const promoted = Math.max(1, Math.floor(rivals.length / REDUCTION));
  return own > rivals.sort((a, b) => a - b)[promoted - 1];
}

function isRung(folds: number, rate: number): boolean {
  let rung = REDUCTION ** rate;
  while (rung < folds) rung *= REDUCTION;
  return rung === folds;
}

/** η of the paper. */
export const REDUCTION = 3;
