import { EngineError } from '#core/base/errors.ts';

/** Out-of-fold predictions of one fold: row numbers of the training table and their predictions. */
export interface FoldPredictions {
  readonly validation: Int32Array;
  readonly predicted: Float64Array;
}

/** One prediction for each sample that was held out at least once. */
export interface PooledPredictions {
  /** Row numbers, ascending. */
  readonly rows: Int32Array;
  /** The mean of the predictions of each row. */
  readonly predicted: Float64Array;
  /** How often each row was predicted. */
  readonly times: Int32Array;
}

/**
 * Pools out-of-fold predictions: a sample predicted several times (repeated folds, shuffle splits) counts once, with
 * the mean of its predictions. RMSECV is `rmse` of the result, √(PRESS / N).
 *
 * @param n number of samples that were split
 */
export function pooledPredictions(n: number, folds: readonly FoldPredictions[]): PooledPredictions {
  const sums = new Float64Array(n);
  const times = new Int32Array(n);
  for (const { validation, predicted } of folds) {
    if (validation.length !== predicted.length)
      throw new EngineError('numerics.shape', {
        what: 'Fold predictions',
        expected: String(validation.length),
        found: String(predicted.length),
      });
    for (let k = 0; k < validation.length; k++) {
      sums[validation[k]] += predicted[k];
      times[validation[k]] += 1;
    }
  }
  const rows = Int32Array.from(times.keys()).filter((row) => times[row] > 0);
  return {
    rows,
    predicted: Float64Array.from(rows, (row) => sums[row] / times[row]),
    times: Int32Array.from(rows, (row) => times[row]),
  };
}
