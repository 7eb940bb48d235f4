export interface NiceRange {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Round limits and a round tick distance (1, 2 or 5 times a power of ten) that hold all values; about `ticks` ticks. */
export function niceRange(values: Iterable<number>, ticks = 6): NiceRange {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { min: 0, max: 1, interval: 0.2 };
  const width = high - low || Math.abs(high) || 1;
  const interval = roundStep(width / ticks);
  const margin = high === low ? width / 2 : 0;
  return {
    min: rounded(Math.floor((low - margin) / interval) * interval, interval),
    max: rounded(Math.ceil((high + margin) / interval) * interval, interval),
    interval,
  };
}

function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const share = step / power;
  const factor = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10;
  return rounded(factor * power, power);
}

/** Takes away the noise of binary arithmetic: 0.30000000000000004 becomes 0.3. */
const rounded = (value: number, step: number): number => {
  const digits = Math.min(100, Math.max(0, 2 - Math.floor(Math.log10(step))));
  return Number(value.toFixed(digits));
};
