import type { Matrix } from '#core/numerics/matrix.ts';

/** The variance of each column about `means` with divisor n (n × p → p). */
export function columnVariances({ rows, cols, data }: Matrix, means: Float64Array): Float64Array {
  const out = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) out[j] += (data[at] - means[j]) ** 2;
  return out.map((sum) => sum / rows);
}
