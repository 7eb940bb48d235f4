/**
 * The value below which a fraction q of the values lies, with linear interpolation between order statistics
 * (type 7 of Hyndman & Fan 1996, NumPy's default). NaN for no values.
 */
export function quantile(values: Float64Array, q: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), q);
}

/** The same of values in ascending order. */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted.length === 0 ? NaN : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
