import type { Matrix } from '#core/numerics/matrix.ts';
import { overBlocks } from '#core/numerics/overBlocks.ts';

/** The sum of the squared distances of each column to `centre` (n × p → p), one row after the other. */
export function columnSquares(x: Matrix, centre: Float64Array): Float64Array {
  const held = [centre, new Float64Array(x.cols)];
  const room = overBlocks(x, { held }, ({ kernels, block, cols, held: [centreAt, sums] }, rows) => {
    kernels.columnSquares(block, rows, cols, centreAt, sums);
  });
  return room.heldValues[1].slice();
}
