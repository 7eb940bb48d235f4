import type { Matrix } from '#core/numerics/matrix.ts';
import { overBlocks } from '#core/numerics/overBlocks.ts';

/**
 * The mean of each column (n × p → p), in two passes: the second adds the mean of the deviations, which removes the
 * rounding of the first, so that centred columns sum to zero even far from the origin. Zeros for a matrix without rows.
 */
export function columnMeans(x: Matrix): Float64Array {
  const means = new Float64Array(x.cols);
  if (x.rows === 0) return means;
  for (let pass = 0; pass < 2; pass++) {
    const sums = sumsAbout(x, means);
    for (let j = 0; j < means.length; j++) means[j] += sums[j] / x.rows;
  }
  return means;
}

/** Σ (x − shift) of each column, one row after the other. */
function sumsAbout(x: Matrix, shift: Float64Array): Float64Array {
  const held = [shift, new Float64Array(x.cols)];
  const room = overBlocks(x, { held }, ({ kernels, block, cols, held: [shiftAt, sums] }, rows) => {
    kernels.columnSums(block, rows, cols, shiftAt, sums);
  });
  return room.heldValues[1];
}
