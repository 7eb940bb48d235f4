import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** A new matrix in which `write` fills one row from the same row of x. Neither view may be kept. */
export function mapRows(
  x: Matrix,
  cols: number,
  write: (from: Float64Array, into: Float64Array, row: number) => void,
): Matrix {
  const out = zeros(x.rows, cols);
  for (let i = 0; i < x.rows; i++)
    write(x.data.subarray(i * x.cols, (i + 1) * x.cols), out.data.subarray(i * cols, (i + 1) * cols), i);
  return out;
}
