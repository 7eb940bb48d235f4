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
export const averagePredictions = (
  folds: readonly Predicted[],
  weights: readonly number[],
  order: Int32Array,
  classCount: number,
): Averaged =>
  foldAverager(
    folds.map(({ rows }) => rows),
    order,
    classCount,
  )(folds, weights);

/**
 * The same for many models of one set of folds: where the rows of the folds stand in `order` is found once. As long as
 * every fold counts, the answers share one list of rows.
 *
 * @param foldRows the rows that each fold predicts
 */
export function foldAverager(
  foldRows: readonly Int32Array[],
  order: Int32Array,
  classCount: number,
): (folds: readonly PartPredictions[], weights: readonly number[]) => Averaged {
  const places = placesIn(order, foldRows);
  const first = new Int32Array(order.length).fill(-1);
  places.forEach((list, k) => {
    for (const place of list) if (place >= 0 && first[place] < 0) first[place] = k;
  });
  const listOf = (kept: Int32Array) => ({
    kept,
    rows: kept.map((place) => order[place]),
    first: kept.map((place) => first[place]),
  });
  const everywhere = Int32Array.from(first.keys()).filter((place) => first[place] >= 0);
  const all = listOf(everywhere);

  return (folds, weights) => {
    const usable = weights.some((weight) => weight > 0);
    const counted = folds.map((_, k) => (usable ? (weights[k] ?? 0) : 1));
    const { sums, total, width, probable } = added(folds, places, counted, order.length, classCount);
    const {
      kept,
      rows,
      first: firstFolds,
    } = counted.every((weight) => weight > 0) ? all : listOf(everywhere.filter((place) => total[place] > 0));
    const predicted = new Float64Array(kept.length);
    const probabilities = probable ? new Float64Array(kept.length * classCount) : null;
    if (classCount === 0) {
      divided(sums, total, kept, predicted);
      return { rows, predicted, probabilities, first: firstFolds };
    }
    for (let at = 0; at < kept.length; at++) {
      const place = kept[at];
      const votes = sums.subarray(place * width, (place + 1) * width);
      const best = votes.indexOf(Math.max(...votes));
      predicted[at] = best === classCount ? -1 : best;
      if (probabilities !== null)
        for (let c = 0; c < classCount; c++) probabilities[at * classCount + c] = votes[c] / total[place];
    }
    return { rows, predicted, probabilities, first: firstFolds };
  };
}

function divided(sums: Float64Array, total: Float64Array, kept: Int32Array, out: Float64Array): void {
  for (let at = 0; at < kept.length; at++) out[at] = sums[kept[at]] / total[kept[at]];
}

/** Where each row of each fold stands in the order; −1 for a row that is not in it. */
function placesIn(order: Int32Array, foldRows: readonly Int32Array[]): Int32Array[] {
  const largest = order.reduce((most, row) => Math.max(most, row), -1);
  const placeOf = new Int32Array(largest + 1).fill(-1);
  order.forEach((row, place) => {
    placeOf[row] = place;
  });
  return foldRows.map((rows) => rows.map((row) => placeOf[row] ?? -1));
}

/** Sums of each sample, `width` a sample, and of the weights of the folds that predict it. */
interface Sums {
  readonly sums: Float64Array;
  readonly total: Float64Array;
  readonly width: number;
  /** Of probabilities rather than of votes. */
  readonly probable: boolean;
}

/** Weighted sums of each sample: of its predictions, or of the probabilities of (or votes for) each class. */
function added(
  folds: readonly PartPredictions[],
  places: readonly Int32Array[],
  weights: readonly number[],
  samples: number,
  classCount: number,
): Sums {
  const width = classCount === 0 ? 1 : classCount + 1; // one column more for "none of the classes"
  const sums = new Float64Array(samples * width);
  const total = new Float64Array(samples);
  const probable = classCount > 0 && folds.every((fold, k) => places[k]?.length === 0 || fold.probabilities !== null);
  folds.forEach((fold, k) => {
    const weight = weights[k] ?? 0;
    const list = places[k] ?? new Int32Array(0);
    if (weight === 0) return;
    if (classCount === 0) addValues(fold.predicted, list, weight, sums, total);
    else addClasses(fold, list, weight, { sums, total, width, probable });
  });
  return { sums, total, width, probable };
}

/** By itself, since it is by far the most that the averages of a large run have to do. */
function addValues(
  predicted: Float64Array,
  places: Int32Array,
  weight: number,
  sums: Float64Array,
  total: Float64Array,
): void {
  for (let at = 0; at < places.length; at++) {
    const place = places[at];
    if (place < 0) continue;
    total[place] += weight;
    sums[place] += weight * predicted[at];
  }
}

function addClasses(
  { predicted, probabilities }: PartPredictions,
  places: Int32Array,
  weight: number,
  { sums, total, width, probable }: Sums,
): void {
  const classCount = width - 1;
  for (let at = 0; at < places.length; at++) {
    const place = places[at];
    if (place < 0) continue;
    total[place] += weight;
    if (probable && probabilities !== null)
      for (let c = 0; c < classCount; c++) sums[place * width + c] += weight * probabilities[at * classCount + c];
    else sums[place * width + (predicted[at] < 0 ? classCount : predicted[at])] += weight;
  }
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
