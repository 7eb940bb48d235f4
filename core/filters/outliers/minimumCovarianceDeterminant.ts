import type { CancelToken } from '#core/base/cancellation.ts';
import type { RandomState } from '#core/base/randomState.ts';
import { scatterOf, smallestScatter, type Scatter } from '#core/filters/outliers/smallestScatter.ts';
import { triangularDistances } from '#core/filters/outliers/triangularDistances.ts';
import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { median } from '#core/numerics/median.ts';

/**
 * Minimum covariance determinant: a mean and covariance that outliers hardly influence (Rousseeuw 1984; Rousseeuw &
 * Van Driessen 1999). The scatter with the smallest determinant is scaled to be consistent for normal data and reweighted
 * once: mean and covariance of all samples within the 97.5 % limit. Factors as in scikit-learn's `MinCovDet`. Null when
 * even the best samples lie in a subspace.
 *
 * @param t n × k, n > k
 * @param support k + 1 … n
 */
export function minimumCovarianceDeterminant(
  t: Matrix,
  support: number,
  random: RandomState,
  cancel: CancelToken,
): Scatter | null {
  const best = smallestScatter(t, support, random, cancel);
  if (best === null) return null;
  const raw = triangularDistances(t, best.location, best.covariance.lower);
  const factor = median(raw) / chiSquareQuantile(0.5, t.cols);
  const limit = chiSquareQuantile(0.975, t.cols) * factor;
  const within = [...raw.keys()].filter((i) => raw[i] < limit);
  return scatterOf(t, within) ?? best;
}
