import type { Matrix } from '#core/numerics/matrix.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';

/** (x − means) / deviations, column by column, as a new matrix; without `deviations`, only the means are removed. */
export function standardiseColumns(x: Matrix, means: Float64Array, deviations: Float64Array | null): Matrix {
  if (deviations === null)
    return throughKernels(x, { held: [means] }, ({ kernels, block, cols, held: [at] }, rows) => {
      kernels.subtractRow(block, rows, cols, at);
    });
  return throughKernels(x, { held: [means, deviations] }, ({ kernels, block, cols, held: [at, scale] }, rows) => {
    kernels.standardiseRows(block, rows, cols, at, scale, 0);
  });
}
