import type { GroupView } from '#renderer/views/runs/runView.ts';

/** What a row of the grid amounts to so far. */
export interface GroupFigures {
  /** Position of the path value with the smallest pooled RMSECV over the finished folds; 0 without a sweep. */
  readonly at: number;
  /** Pooled over the finished folds; null before the first. */
  readonly rmsecv: number | null;
  /** Mean of the finished folds' scores at that path value, under the run's metric. */
  readonly mean: number | null;
  readonly finished: number;
  readonly failed: number;
}

/** `chosen`: the position that was chosen, where the run has gone that far. */
export function groupFigures(group: GroupView, chosen?: number): GroupFigures {
  const pooled = pooledCurve(group);
  const at = chosen ?? lowestAt(pooled);
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

function lowestAt(pooled: readonly (number | null)[]): number {
  let at = 0;
  pooled.forEach((value, k) => {
    if (value !== null && value < (pooled[at] ?? Number.POSITIVE_INFINITY)) at = k;
  });
  return at;
}

/** √(PRESS/n) at every path value over the finished folds; null where a fold has no value. */
export const pooledCurve = ({ press, n }: GroupView): (number | null)[] => rootMean(press, n);

/** The same on the training parts of the folds. */
export const trainingCurve = ({ trainPress, nTrain }: GroupView): (number | null)[] => rootMean(trainPress, nTrain);

const rootMean = (squares: readonly number[], n: number): (number | null)[] =>
  squares.map((square) => (n > 0 && Number.isFinite(square) ? Math.sqrt(square / n) : null));
