/**
 * The order that sorts the values, ascending, with equal values in the order in which NumPy's default `argsort` leaves
 * them: a quicksort with the median of three (Sedgewick 1978, Communications of the ACM 21, 847–857) that hands parts of
 * 16 values and fewer to insertion sort. It is not stable; scikit-learn's GroupKFold, among others, inherits that order.
 *
 * @param values without NaN
 */
export function numpyOrder(values: ArrayLike<number>): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  sortPartInto(values, 0, order.length - 1, order);
  return order;
}

function sortPartInto(values: ArrayLike<number>, first: number, last: number, order: Int32Array): void {
  if (last - first <= SHORT) {
    insertInto(values, first, last, order);
    return;
  }
  const valueAt = (at: number): number => values[order[at]];
  const middle = first + ((last - first) >> 1);
  if (valueAt(middle) < valueAt(first)) swapInto(order, middle, first);
  if (valueAt(last) < valueAt(middle)) swapInto(order, last, middle);
  if (valueAt(middle) < valueAt(first)) swapInto(order, middle, first);
  const pivot = valueAt(middle);
  swapInto(order, middle, last - 1);
  let up = first;
  let down = last - 1;
  for (;;) {
    do up++;
    while (valueAt(up) < pivot);
    do down--;
    while (pivot < valueAt(down));
    if (up >= down) break;
    swapInto(order, up, down);
  }
  swapInto(order, up, last - 1);
  sortPartInto(values, first, up - 1, order);
  sortPartInto(values, up + 1, last, order);
}

function insertInto(values: ArrayLike<number>, first: number, last: number, order: Int32Array): void {
  for (let i = first + 1; i <= last; i++) {
    const moving = order[i];
    const value = values[moving];
    let at = i;
    while (at > first && value < values[order[at - 1]]) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = moving;
  }
}

function swapInto(order: Int32Array, i: number, j: number): void {
  const held = order[i];
  order[i] = order[j];
  order[j] = held;
}

/** Largest distance between the ends of a part that insertion sort takes, as in NumPy. */
const SHORT = 15;
