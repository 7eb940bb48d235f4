/** A figure that cannot be computed (one sample, constant y) is told as null. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Σ(measured − predicted)². */
export function squaredErrors(measured: Float64Array, predicted: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < measured.length; i++) {
    const error = measured[i] - predicted[i];
    sum += error * error;
  }
  return sum;
}

/** Mean and standard error of fold scores; the error is null for a single fold. */
export function meanAndError(scores: readonly number[]): { mean: number; error: number | null } {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  if (scores.length < 2) return { mean, error: null };
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
  return { mean, error: Math.sqrt(variance / scores.length) };
}
