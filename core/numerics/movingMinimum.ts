/**
 * The least value within `half` places of each place; the window is cut at the ends. O(n) with a queue of candidates
 * (Lemire 2006, Nordic Journal of Computing 13, 328–339).
 */
export function movingMinimum(values: Float64Array, half: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(n);
  const queue = new Int32Array(n);
  let first = 0;
  let end = 0;
  let entered = 0;
  for (let i = 0; i < n; i++) {
    for (; entered < n && entered <= i + half; entered++) {
      while (end > first && values[queue[end - 1]] >= values[entered]) end--;
      queue[end++] = entered;
    }
    while (queue[first] < i - half) first++;
    out[i] = values[queue[first]];
  }
  return out;
}

/** The greatest value within `half` places of each place. */
export const movingMaximum = (values: Float64Array, half: number): Float64Array =>
  movingMinimum(
    values.map((value) => -value),
    half,
  ).map((value) => -value);
