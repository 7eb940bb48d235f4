/** Up to `limit` evenly spaced row numbers of `rows`. */
export function spread(rows: number, limit: number): Int32Array {
  const count = Math.min(rows, limit);
  return Int32Array.from({ length: count }, (_, k) => Math.floor((k * rows) / count));
}
