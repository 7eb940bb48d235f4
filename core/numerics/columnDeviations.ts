import { columnSquares } from '#core/numerics/columnSquares.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * The standard deviation of each column about `means` (n × p → p), with divisor n − ddof. A column that is constant up
 * to rounding gets 1, as in scikit-learn's scalers, so that dividing by it does no harm.
 */
export function columnDeviations(x: Matrix, means: Float64Array, ddof: number): Float64Array {
  const { rows } = x;
  const divisor = rows - ddof;
  return columnSquares(x, means).map((sum, j) => {
    const rounding = rows * Math.abs(means[j]) * Number.EPSILON;
    const variance = sum / rows;
    return divisor > 0 && variance > rounding * rounding ? Math.sqrt(sum / divisor) : 1;
  });
}
