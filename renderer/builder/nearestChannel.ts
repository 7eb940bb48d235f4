/** Index of the channel nearest to a place on an axis that rises or falls, or null outside the axis. */
export function nearestChannel(axis: Float64Array, at: number): number | null {
  const first = axis[0];
  const last = axis.at(-1);
  if (first === undefined || last === undefined) return null;
  if (at < Math.min(first, last) || at > Math.max(first, last)) return null;
  let best = 0;
  for (let j = 1; j < axis.length; j++) if (distance(axis, j, at) < distance(axis, best, at)) best = j;
  return best;
}

const distance = (axis: Float64Array, j: number, at: number): number => Math.abs((axis[j] ?? Infinity) - at);
