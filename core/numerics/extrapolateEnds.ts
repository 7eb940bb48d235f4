/**
 * n values with `pad` more on either side that continue the straight line through the nearest `pad` values (least
 * squares). A pad of 1 repeats the end value; of 0 copies.
 */
export function extrapolateEnds(values: Float64Array, pad: number): Float64Array {
  const n = values.length;
  const out = new Float64Array(n + 2 * pad);
  out.set(values, pad);
  if (pad === 0) return out;
  const used = Math.min(pad, n);
  const left = lineThrough(values.subarray(0, used));
  const right = lineThrough(values.subarray(n - used));
  for (let k = 1; k <= pad; k++) {
    out[pad - k] = left.at(-k);
    out[pad + n - 1 + k] = right.at(used - 1 + k);
  }
  return out;
}

/** The least squares line through values at 0, 1, …; level for one value. */
function lineThrough(values: Float64Array): { at(position: number): number } {
  const centre = (values.length - 1) / 2;
  let sum = 0;
  let product = 0;
  let squares = 0;
  for (let j = 0; j < values.length; j++) {
    sum += values[j];
    product += (j - centre) * values[j];
    squares += (j - centre) * (j - centre);
  }
  const slope = squares > 0 ? product / squares : 0;
  const level = sum / values.length;
  return { at: (position) => level + slope * (position - centre) };
}
