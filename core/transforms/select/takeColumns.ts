import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** A copy of the named columns, in the order given. */
export const takeColumns = (x: Matrix, columns: Int32Array): Matrix =>
  mapRows(x, columns.length, (from, into) => {
    for (let k = 0; k < columns.length; k++) into[k] = from[columns[k]];
  });
