import { zerosLike, type Matrix } from '#core/numerics/matrix.ts';
import { overBlocks, type BlockNeeds, type BlockRoom } from '#core/numerics/overBlocks.ts';

/**
 * A new matrix of the shape of x: its rows after `work` changed them, in place, in the kernels' memory, block by block (see
 * overBlocks). x stays as it is.
 */
export function throughKernels(
  x: Matrix,
  needs: BlockNeeds,
  work: (room: BlockRoom, rows: number, first: number) => void,
): Matrix {
  const out = zerosLike(x);
  overBlocks(x, needs, (room, rows, first) => {
    work(room, rows, first);
    const count = rows * x.cols;
    out.data.set(count === room.values.length ? room.values : room.values.subarray(0, count), first * x.cols);
  });
  return out;
}
