import { mapRows } from '#core/numerics/mapRows.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** A new matrix with f of every value. */
export const mapValues = (x: Matrix, f: (value: number) => number): Matrix =>
  mapRows(x, x.cols, (from, out) => {
    for (let j = 0; j < out.length; j++) out[j] = f(from[j]);
  });
