import type { Matrix } from '#core/numerics/matrix.ts';
import { overBlocks } from '#core/numerics/overBlocks.ts';

/** The least value of each column and the distance to its greatest; a constant column has range 1, as in scikit-learn. */
export function columnRanges(x: Matrix): { least: Float64Array; range: Float64Array } {
  const first = x.data.slice(0, x.cols);
  const room = overBlocks(x, { held: [first, first] }, ({ kernels, block, cols, held: [least, greatest] }, rows) => {
    kernels.columnLimits(block, rows, cols, least, greatest);
  });
  const [least, greatest] = room.heldValues.map((values) => values.slice());
  return { least, range: least.map((value, j) => (greatest[j] > value ? greatest[j] - value : 1)) };
}
