import type { UnitOutcome } from '#core/execution/computeUnit.ts';
import { finiteOrNull, squaredErrors } from '#core/execution/foldScores.ts';
import { foldEntries, predictionsOf } from '#core/execution/groupResults.ts';
import type { DoneUnit } from '#core/execution/ports.ts';
import type { GroupFolds, RunContext } from '#core/execution/runContext.ts';
import { takeValues } from '#core/numerics/matrix.ts';

/** Points of the live plot per fold. */
const LIVE_POINTS = 500;

/** Stores a fold's predictions on all three partitions and tells the window. */
export function foldDone(
  run: RunContext,
  entry: GroupFolds,
  k: number,
  outcome: UnitOutcome,
  params: Readonly<Record<string, unknown>> | null,
): void {
  const { data } = run.input;
  const { metrics, store } = run.ports;
  const { group, folds, strategy } = entry;
  const { result, keys, reused } = outcome;
  const done = keys.map((key, at): DoneUnit[] =>
    (group.pathValues === null ? group.variants : [group.variants[at]]).map((variant) => ({
      key,
      variant,
      fold: `fold_${k}`,
      possible: result.predictions[group.pathValues === null ? 0 : at] !== null,
      milliseconds: result.milliseconds,
      notices: result.notices,
    })),
  );
  store.predictions(
    () => foldEntries(run, entry, k, { result, params }),
    { strategy, folds: folds.length },
    // Variants without a path that equal each other have one identity: the first stands for all.
    done.flatMap(([one]) => (one === undefined ? [] : [one])),
  );

  const regression = data.classes === null;
  const measured = takeValues(data.y, result.rows.validation);
  const measuredTrain = takeValues(data.y, result.rows.train);
  const scores = result.predictions.map((one) =>
    one === null ? null : finiteOrNull(metrics.score({ measured, ...one.validation })),
  );
  const press = (of: 'train' | 'validation', against: Float64Array) =>
    result.predictions.map((one) =>
      one === null || !regression ? null : finiteOrNull(squaredErrors(against, one[of].predicted)),
    );
  const sign = metrics.direction() === 'lower' ? 1 : -1;
  const best = scores.reduce<number>(
    (top, score, at) => (score !== null && sign * (score - (scores[top] ?? sign * Infinity)) < 0 ? at : top),
    0,
  );
  const live = predictionsOf(group, result, best)?.validation.predicted ?? new Float64Array(0);
  run.emit({
    type: 'fold.completed',
    group: group.index,
    fold: k,
    milliseconds: result.milliseconds,
    n: measured.length,
    scores,
    press: press('validation', measured),
    trainPress: press('train', measuredTrain),
    nTrain: measuredTrain.length,
    reused,
    measured: measured.slice(0, LIVE_POINTS),
    predicted: live.slice(0, LIVE_POINTS),
  });
}
