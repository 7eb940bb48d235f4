import type { TrainingRound } from '#core/data/lossCurve.ts';
import type { RunContext } from '#core/execution/runContext.ts';

/** Tells the window of every round of a training that it hears of. */
export const tellRounds =
  (run: RunContext, group: number, fold: number | null) =>
  (round: TrainingRound): void => {
    run.emit({ type: 'fold.training', group, fold, ...round });
  };
