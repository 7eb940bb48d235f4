import { selectNth } from '#core/numerics/selectNth.ts';

/** The middle value, or the mean of the two middle ones. NaN for no values. Does not change its argument. */
export function median(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return NaN;
  const parted = Float64Array.from(values);
  const half = Math.floor(n / 2);
  const upper = selectNth(parted, half);
  if (n % 2 === 1) return upper;
  let lower = parted[0];
  for (let i = 1; i < half; i++) if (parted[i] > lower) lower = parted[i];
  return (lower + upper) / 2;
}
