import { zeros, type Matrix } from '#core/numerics/matrix.ts';

/** (x − means) / deviations, column by column, as a new matrix; without `deviations`, only the means are removed. */
export function standardiseColumns(x: Matrix, means: Float64Array, deviations: Float64Array | null): Matrix {
  const out = zeros(x.rows, x.cols);
  const { cols, data } = x;
  for (let i = 0, at = 0; i < x.rows; i++) {
    if (deviations) for (let j = 0; j < cols; j++, at++) out.data[at] = (data[at] - means[j]) / deviations[j];
    else for (let j = 0; j < cols; j++, at++) out.data[at] = data[at] - means[j];
  }
  return out;
}
