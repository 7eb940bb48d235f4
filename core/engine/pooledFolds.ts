import type { PredictionArrays, PredictionEntry } from '#core/workspace/index.ts';

/**
 * Out-of-fold predictions (regression) from those of the folds, the mean over repeats, in the order of the rows; null
 * without any. For runs of the first version, which stored the folds only.
 */
export function pooledFolds(entries: readonly PredictionEntry[]): PredictionArrays | null {
  const found = new Map<number, { measured: number; sum: number; n: number }>();
  for (const { record, arrays } of entries) {
    if (!record.foldId.startsWith('fold_') || record.partition !== 'validation') continue;
    arrays.rows.forEach((row, i) => {
      const one = found.get(row) ?? { measured: arrays.measured[i] ?? NaN, sum: 0, n: 0 };
      found.set(row, { ...one, sum: one.sum + (arrays.predicted[i] ?? NaN), n: one.n + 1 });
    });
  }
  if (found.size === 0) return null;
  const sorted = [...found].toSorted(([a], [b]) => a - b);
  return {
    rows: Int32Array.from(sorted, ([row]) => row),
    measured: Float64Array.from(sorted, ([, { measured }]) => measured),
    predicted: Float64Array.from(sorted, ([, { sum, n }]) => sum / n),
    probabilities: null,
  };
}
