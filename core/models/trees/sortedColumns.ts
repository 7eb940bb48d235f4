import type { CancelToken } from '#core/base/cancellation.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** Spectra by channel, with the rows of every channel in ascending order: sorted once, used by every tree. */
export interface SortedColumns {
  readonly rows: number;
  readonly cols: number;
  /** Column-major: value of row i in channel j is `values[j * rows + i]`. */
  readonly values: Float64Array;
  /** Row numbers by ascending value, channel by channel; equal values by row number. */
  readonly order: Int32Array;
  /** The inverse of `order`: the place of row i in channel j. */
  readonly place: Int32Array;
}

export function sortedColumns(x: Matrix, cancel: CancelToken): SortedColumns {
  const { rows, cols } = x;
  const values = new Float64Array(rows * cols);
  const order = new Int32Array(rows * cols);
  const place = new Int32Array(rows * cols);
  for (let j = 0; j < cols; j++) {
    cancel.check();
    const column = values.subarray(j * rows, (j + 1) * rows);
    for (let i = 0; i < rows; i++) column[i] = x.data[i * cols + j];
    const sorted = order.subarray(j * rows, (j + 1) * rows);
    for (let i = 0; i < rows; i++) sorted[i] = i;
    sorted.sort((a, b) => column[a] - column[b] || a - b);
    for (let at = 0; at < rows; at++) place[j * rows + sorted[at]] = at;
  }
  return { rows, cols, values, order, place };
}
