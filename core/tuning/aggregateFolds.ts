import type { Direction, EvalMode } from '#core/tuning/finetuneSettings.ts';

/**
 * The score of a trial from the scores of its folds:
 * - `mean`: the mean; a fold that failed makes the trial fail,
 * - `best`: the best fold; a fold that failed makes the trial fail,
 * - `robust_best`: the best of the folds that did not fail.
 *
 * Prefer the mean: the best of many folds is mostly luck. The other two exist for documents that ask for them.
 *
 * @param scores one for each fold; null for a fold that failed
 * @returns null when there is no score
 */
export function aggregateFolds(
  scores: readonly (number | null)[],
  mode: EvalMode,
  direction: Direction,
): number | null {
  const found = scores.filter((score): score is number => score !== null && Number.isFinite(score));
  if (found.length === 0 || (mode !== 'robust_best' && found.length < scores.length)) return null;
  if (mode === 'mean') return found.reduce((sum, score) => sum + score, 0) / found.length;
  return direction === 'minimize' ? Math.min(...found) : Math.max(...found);
}
