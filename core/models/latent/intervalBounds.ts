/** First channel and channel after the last. */
export type Interval = readonly [start: number, end: number];

/**
 * Divides channels into consecutive intervals: `count` of nearly equal width, the first ones one channel wider where the
 * division leaves a rest, or intervals of a given width, the last one narrower. Never an empty interval.
 */
export function intervalBounds(channels: number, count: number, width: number | null): Interval[] {
  if (width !== null)
    return Array.from({ length: Math.ceil(channels / width) }, (_, k): Interval => [
      k * width,
      Math.min(channels, (k + 1) * width),
    ]);
  const intervals = Math.min(count, channels);
  const base = Math.floor(channels / intervals);
  const rest = channels % intervals;
  return Array.from({ length: intervals }, (_, k): Interval => [
    k * base + Math.min(k, rest),
    (k + 1) * base + Math.min(k + 1, rest),
  ]);
}
