/**
 * The value that would stand at place k if `values` were sorted (k from 0), by Hoare's selection (1961, Communications of
 * the ACM 4, 321–322) in linear time. Reorders `values`: none before place k is larger, none behind it smaller. With NaN
 * among them they are sorted, NaN last.
 */
export function selectNth(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  let missing = 0;
  for (let i = 0; i <= high; i++) missing += values[i] === values[i] ? 0 : 1;
  if (missing > 0) {
    values.sort();
    return values[k];
  }
  // Pivots from all over the range, since spectra are smooth and fixed places would meet their worst case.
  let state = 1;
  while (high - low > SHORT) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const step = Math.floor((high - low) / 3);
    const offset = state % step;
    const pivot = middleOf(values[low + offset], values[low + step + offset], values[low + 2 * step + offset]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const value = values[i];
        values[i] = values[j];
        values[j] = value;
        i++;
        j--;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return values[k];
  }
  values.subarray(low, high + 1).sort();
  return values[k];
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/** Ranges that are sorted at once. */
const SHORT = 32;
