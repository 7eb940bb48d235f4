import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { overBlocks } from '#core/numerics/overBlocks.ts';

/** ‖xᵢ − xⱼ‖² of all pairs of rows: n × n, from the differences, so that near rows keep their digits. */
export function squaredDistances(x: Matrix): Matrix {
  const { rows: n, cols, data } = x;
  const out = zeros(n, n);
  // Each block meets all rows up to its own last one, a few at a time.
  overBlocks(x, { scratch: OTHERS * cols, figures: OTHERS }, (room, rows, first) => {
    const { kernels, block, scratch, scratchValues: others, figures, figureValues } = room;
    for (let from = 0; from < first + rows; from += OTHERS) {
      const count = Math.min(OTHERS, first + rows - from);
      others.set(data.subarray(from * cols, (from + count) * cols));
      kernels.distances(block, rows, scratch, count, cols, figures, OTHERS);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < count; j++) {
          const distance = figureValues[i * OTHERS + j];
          out.data[(first + i) * n + from + j] = distance;
          out.data[(from + j) * n + first + i] = distance;
        }
    }
  });
  return out;
}

const OTHERS = 16;
