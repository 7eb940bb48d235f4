/** What a list of datasets says of a target, so that it need not read the values. Null without any value. */
export interface TargetStatistics {
  readonly missing: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** With n − 1; null for a single value. */
  readonly sd: number | null;
}

/** Over the values that are not NaN. Two passes, so that a large mean does not swallow the spread. */
export function targetStatistics(values: Float64Array): TargetStatistics {
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const missing = values.length - count;
  if (count === 0) return { missing, min: null, max: null, mean: null, sd: null };
  const mean = sum / count;
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  return { missing, min, max, mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : null };
}
