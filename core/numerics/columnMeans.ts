import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * The mean of each column (n × p → p), in two passes: the second adds the mean of the deviations, which removes the
 * rounding of the first, so that centred columns sum to zero even far from the origin. Zeros for a matrix without rows.
 */
export function columnMeans(x: Matrix): Float64Array {
  const { rows, cols, data } = x;
  const means = new Float64Array(cols);
  if (rows === 0) return means;
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) means[j] += data[at];
  for (let j = 0; j < cols; j++) means[j] /= rows;
  const rest = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < cols; j++, at++) rest[j] += data[at] - means[j];
  for (let j = 0; j < cols; j++) means[j] += rest[j] / rows;
  return means;
}
