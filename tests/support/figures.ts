/** The middle of some figures; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}

/** Rounded to `digits` significant digits. */
export const rounded = (value: number, digits = 4): number => Number(value.toPrecision(digits));

/** The largest difference of two lists, each relative to the second; NaN when one of them lacks a value. */
export function largestRelativeDifference(
  values: readonly (number | null)[] | null,
  reference: readonly number[],
): number {
  if (values?.length !== reference.length) return NaN;
  return Math.max(...reference.map((expected, k) => Math.abs((values[k] ?? NaN) - expected) / Math.abs(expected)));
}
