/**
 * The curve through the points (axis, values), joined by straight lines and flat beyond its ends, at other positions.
 *
 * @param axis only rising or only falling
 * @param wanted as many positions as `out` is long, in any order
 */
export function interpolateInto(
  axis: Float64Array,
  values: Float64Array,
  wanted: Float64Array,
  out: Float64Array,
): void {
  const last = axis.length - 1;
  const falling = axis[last] < axis[0];
  for (let j = 0; j < wanted.length; j++) {
    const position = wanted[j];
    // The last channel at or before the position, in the direction of the axis.
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (falling ? axis[middle] >= position : axis[middle] <= position) low = middle;
      else high = middle - 1;
    }
    const share = low === last ? 0 : (position - axis[low]) / (axis[low + 1] - axis[low]);
    // Written so that a position on a channel gives its value exactly; before the first channel the share is negative.
    out[j] = share <= 0 ? values[low] : values[low] + share * (values[low + 1] - values[low]);
  }
}
