/**
 * The sum in NumPy's order: up to seven values one after the other, up to 128 in eight columns, more in two halves.
 * Where a tie is decided by the last bit of such sums, equal results need the same order.
 */
export function pairwiseSum(values: Float64Array): number {
  const n = values.length;
  if (n > BLOCK) {
    const half = Math.floor(n / 2) - (Math.floor(n / 2) % 8);
    return pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half));
  }
  let sum = 0;
  let at = 0;
  if (n >= 8) {
    const r = values.slice(0, 8);
    for (at = 8; at + 8 <= n; at += 8) for (let k = 0; k < 8; k++) r[k] += values[at + k];
    sum = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
  }
  for (; at < n; at++) sum += values[at];
  return sum;
}

const BLOCK = 128;
