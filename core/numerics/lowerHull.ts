/**
 * The lower convex hull of points (0, v₀), (1, v₁), … read at every place: the straight lines that a rubber band would
 * follow when stretched along the underside (Andrew 1979, Information Processing Letters 9, 216–219). O(n).
 */
export function lowerHull(values: Float64Array): Float64Array {
  const n = values.length;
  const corners = new Int32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    while (count >= 2) {
      const a = corners[count - 2];
      const b = corners[count - 1];
      // b stays only when it lies below the line from a to i.
      if ((b - a) * (values[i] - values[a]) > (values[b] - values[a]) * (i - a)) break;
      count--;
    }
    corners[count++] = i;
  }
  const hull = new Float64Array(n);
  for (let c = 0; c + 1 < count; c++) {
    const a = corners[c];
    const b = corners[c + 1];
    const slope = (values[b] - values[a]) / (b - a);
    for (let i = a; i < b; i++) hull[i] = values[a] + slope * (i - a);
  }
  if (n > 0) hull[n - 1] = values[n - 1];
  return hull;
}
