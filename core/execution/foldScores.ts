/** Predictions of every fold of one variant, and what follows from them. */
export interface OutOfFold {
  /** Numbers of training rows (0 … n−1) that were predicted, ascending. */
  readonly samples: Int32Array;
  /** Mean over all predictions of each sample. */
  readonly predicted: Float64Array;
  /** Fold in which the sample was held out (the first of several). */
  readonly fold: Int32Array;
}

/** Pools out-of-fold predictions; a sample that was predicted several times counts with its mean. */
export function pool(n: number, folds: readonly { validation: Int32Array; predicted: Float64Array }[]): OutOfFold {
  const sum = new Float64Array(n);
  const count = new Int32Array(n);
  const first = new Int32Array(n).fill(-1);
  folds.forEach(({ validation, predicted }, k) => {
    validation.forEach((sample, at) => {
      sum[sample] += predicted[at];
      count[sample]++;
      if (first[sample] < 0) first[sample] = k;
    });
  });
  const samples = Int32Array.from(first.keys()).filter((sample) => count[sample] > 0);
  return {
    samples,
    predicted: Float64Array.from(samples, (sample) => sum[sample] / count[sample]),
    fold: Int32Array.from(samples, (sample) => first[sample]),
  };
}

/** A figure that cannot be computed (one sample, constant y) is told as null. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Σ(measured − predicted)². */
export function squaredErrors(measured: Float64Array, predicted: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < measured.length; i++) sum += (measured[i] - predicted[i]) ** 2;
  return sum;
}

/** Mean and standard error of fold scores; the error is null for a single fold. */
export function meanAndError(scores: readonly number[]): { mean: number; error: number | null } {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  if (scores.length < 2) return { mean, error: null };
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
  return { mean, error: Math.sqrt(variance / scores.length) };
}
