import { rowOf, type Matrix } from '#core/numerics/matrix.ts';
import type { WhitenedForm } from '#core/filters/outliers/whitenedDistance.ts';

/**
 * Q: the sum of squares of what principal components leave of each spectrum; NaN for a row with a missing value.
 *
 * @param form mean and orthonormal loadings
 */
export function principalResiduals(x: Matrix, { centre, axes }: WhitenedForm): Float64Array {
  const p = centre.length;
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const rest = rowOf(x, i).map((value, j) => value - centre[j]);
    for (let at = 0; at < axes.length; at += p) {
      let score = 0;
      for (let j = 0; j < p; j++) score += axes[at + j] * rest[j];
      for (let j = 0; j < p; j++) rest[j] -= score * axes[at + j];
    }
    return rest.reduce((sum, value) => sum + value * value, 0);
  });
}
