import { pooledOrder } from '#core/execution/foldScores.ts';
import type { PartPredictions } from '#core/execution/unit.ts';

/** Predictions of one fold model for some rows of the dataset. */
export interface Predicted extends PartPredictions {
  readonly rows: Int32Array;
}

export interface Averaged extends Predicted {
  /** The first fold that predicted each row. */
  readonly first: Int32Array;
}

/**
 * Averages what several fold models say of each sample, in the order of `order`; samples that no fold predicted are
 * left out. Regression: the (weighted) mean. Classification: the mean of the probabilities and their largest; without
 * probabilities the (weighted) vote; ties go to the class that comes first.
 *
 * Folds are added up in their order, so that the result does not depend on which was computed first.
 *
 * @param weights one for each fold; folds without weight count only where no other fold says anything
 * @param classCount 0 in regression
 */
export function averagePredictions(
  folds: readonly Predicted[],
  weights: readonly number[],
  order: Int32Array,
  classCount: number,
): Averaged {
  const position = pooledOrder(order);
  const width = classCount === 0 ? 1 : classCount + 1; // one column more for "none of the classes"
  const sums = new Float64Array(order.length * width);
  const total = new Float64Array(order.length);
  const first = new Int32Array(order.length).fill(-1);
  const withProbabilities = classCount > 0 && folds.every((fold) => fold.rows.length === 0 || fold.probabilities);
  const usable = weights.some((weight) => weight > 0);

  folds.forEach((fold, k) => {
    const weight = usable ? (weights[k] ?? 0) : 1;
    fold.rows.forEach((row, at) => {
      const place = position.get(row);
      if (place === undefined) return;
      if (first[place] < 0) first[place] = k;
      if (weight === 0) return;
      total[place] += weight;
      if (classCount === 0) sums[place] += weight * fold.predicted[at];
      else if (withProbabilities && fold.probabilities !== null)
        for (let c = 0; c < classCount; c++)
          sums[place * width + c] += weight * fold.probabilities[at * classCount + c];
      else {
        const code = fold.predicted[at];
        sums[place * width + (code < 0 ? classCount : code)] += weight;
      }
    });
  });

  const places = Array.from(first.keys()).filter((place) => first[place] >= 0 && total[place] > 0);
  const predicted = new Float64Array(places.length);
  const probabilities = withProbabilities ? new Float64Array(places.length * classCount) : null;
  places.forEach((place, at) => {
    if (classCount === 0) {
      predicted[at] = sums[place] / total[place];
      return;
    }
    const votes = sums.subarray(place * width, (place + 1) * width);
    const best = votes.indexOf(Math.max(...votes));
    predicted[at] = best === classCount ? -1 : best;
    if (probabilities !== null)
      for (let c = 0; c < classCount; c++) probabilities[at * classCount + c] = votes[c] / total[place];
  });
  return {
    rows: Int32Array.from(places, (place) => order[place]),
    predicted,
    probabilities,
    first: Int32Array.from(places, (place) => first[place]),
  };
}

/**
 * Weights of the fold models for the `w_avg` predictions: the inverse of the validation score where smaller is better,
 * else the score itself; a score that could not be computed has no weight.
 */
export function foldWeights(scores: readonly (number | null)[], direction: 'lower' | 'higher'): number[] {
  return scores.map((score) => {
    if (score === null || !Number.isFinite(score)) return 0;
    return direction === 'lower' ? 1 / Math.max(score, Number.EPSILON) : Math.max(score, 0);
  });
}
