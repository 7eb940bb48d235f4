/** The x ≥ 0 with f(x) = value for an increasing f with f(0) ≤ value, by doubling and bisection to the last bits. */
export function increasingInverse(f: (x: number) => number, value: number): number {
  let high = 1;
  while (f(high) < value && high < Number.MAX_VALUE / 2) high *= 2;
  let low = 0;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < value) low = middle;
    else high = middle;
    if (high - low <= Number.EPSILON * high) return (low + high) / 2;
  }
}
