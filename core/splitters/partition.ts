/**
 * Cuts an order of the samples into `parts` consecutive parts, the first n mod parts of them one longer, and sorts each:
 * scikit-learn's KFold.
 */
export function partition(order: Int32Array, parts: number): Int32Array[] {
  const n = order.length;
  const size = Math.floor(n / parts);
  const longer = n % parts;
  let start = 0;
  return Array.from({ length: parts }, (_, k) => {
    const end = start + size + (k < longer ? 1 : 0);
    const part = order.slice(start, end).sort();
    start = end;
    return part;
  });
}
