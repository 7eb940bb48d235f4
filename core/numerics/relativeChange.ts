/** ‖next − last‖ / ‖last‖ in the Euclidean norm: the usual measure of whether an iteration has settled. */
export function relativeChange(last: Float64Array, next: Float64Array): number {
  let change = 0;
  let size = 0;
  for (let i = 0; i < last.length; i++) {
    const d = next[i] - last[i];
    change += d * d;
    size += last[i] * last[i];
  }
  return Math.sqrt(change) / Math.max(Math.sqrt(size), Number.MIN_VALUE);
}
