import { selectNth } from '#core/numerics/selectNth.ts';

/**
 * The value below which a fraction q of the values lies, with linear interpolation between order statistics
 * (type 7 of Hyndman & Fan 1996, NumPy's default). NaN for no values.
 */
export function quantile(values: Float64Array, q: number): number {
  const n = values.length;
  if (n === 0) return NaN;
  const parted = Float64Array.from(values);
  const position = q * (n - 1);
  const below = Math.floor(position);
  const lower = selectNth(parted, below);
  let upper = below + 1 < n ? parted[below + 1] : lower;
  for (let i = below + 2; i < n; i++) if (parted[i] < upper) upper = parted[i];
  return lower + (position - below) * (upper - lower);
}
