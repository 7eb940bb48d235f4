import { columnSquares } from '#core/numerics/columnSquares.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** The variance of each column about `means` with divisor n (n × p → p). */
export const columnVariances = (x: Matrix, means: Float64Array): Float64Array =>
  columnSquares(x, means).map((sum) => sum / x.rows);
