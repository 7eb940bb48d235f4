import type { GroupView } from '#renderer/views/runs/runView.ts';

/** What a row of the grid amounts to so far. */
export interface GroupFigures {
  /**
   * Position of the path value with the smallest pooled RMSECV over the finished folds (with the best mean score in
   * classification); 0 without a sweep.
   */
  readonly at: number;
  /** Pooled over the finished folds; null before the first. */
  readonly rmsecv: number | null;
  /** Mean of the finished folds' scores at that path value, under the run's metric. */
  readonly mean: number | null;
  readonly finished: number;
  readonly failed: number;
}

/** `chosen`: the position that was chosen, where the run has gone that far. */
export function groupFigures(group: GroupView, higherIsBetter: boolean, chosen?: number): GroupFigures {
  const pooled = pooledCurve(group);
  const hasErrors = pooled.some((value) => value !== null);
  const at = chosen ?? (hasErrors ? lowestAt(pooled) : bestAt(meanCurve(group), higherIsBetter));
  const scores = group.cells.flatMap(({ status, scores: all }) => {
    const score = status === 'done' ? all[at] : null;
    return score === null || score === undefined ? [] : [score];
  });
  return {
    at,
    rmsecv: pooled[at] ?? null,
    mean: scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null,
    finished: group.cells.filter(({ status }) => status === 'done').length,
    failed: group.cells.filter(({ status }) => status === 'failed').length,
  };
}

const lowestAt = (pooled: readonly (number | null)[]): number => bestAt(pooled, false);

/** Position of the best value; the first of equals, 0 where there is none. */
function bestAt(values: readonly (number | null)[], higherIsBetter: boolean): number {
  const sign = higherIsBetter ? -1 : 1;
  let at = 0;
  let best = Number.POSITIVE_INFINITY;
  values.forEach((value, k) => {
    if (value === null || sign * value >= best) return;
    best = sign * value;
    at = k;
  });
  return at;
}

/** Mean score of the finished folds at every path value; null where a fold has no score there. */
export function meanCurve({ cells, pathValues }: GroupView): (number | null)[] {
  const done = cells.filter(({ status }) => status === 'done');
  return Array.from({ length: Math.max(1, pathValues.length) }, (_, k) => {
    const scores = done.flatMap((cell) => cell.scores[k] ?? []);
    return done.length > 0 && scores.length === done.length
      ? scores.reduce((sum, score) => sum + score, 0) / done.length
      : null;
  });
}

/** √(PRESS/n) at every path value over the finished folds; null where a fold has no value. */
export const pooledCurve = ({ press, n }: GroupView): (number | null)[] => rootMean(press, n);

/** The same on the training parts of the folds. */
export const trainingCurve = ({ trainPress, nTrain }: GroupView): (number | null)[] => rootMean(trainPress, nTrain);

const rootMean = (squares: readonly number[], n: number): (number | null)[] =>
  squares.map((square) => (n > 0 && Number.isFinite(square) ? Math.sqrt(square / n) : null));
