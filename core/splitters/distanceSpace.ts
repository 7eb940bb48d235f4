import type { CancelToken } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/**
 * Where a splitter measures distances: the spectra themselves (`components` null), or their principal component scores,
 * divided by their standard deviations when `whiten` is true (Euclidean distances there are Mahalanobis distances).
 */
export function distanceSpace(x: Matrix, components: number | null, whiten: boolean, cancel: CancelToken): Matrix {
  if (components === null) return x;
  const centred = standardiseColumns(x, columnMeans(x), null);
  const { s, v } = leadingSingularVectors(centred, Math.min(components, x.rows - 1, x.cols), cancel);
  const scores = zeros(x.rows, v.length);
  v.forEach((loading, k) => {
    const size = whiten ? s[k] / Math.sqrt(x.rows - 1) : 1;
    matrixTimesVector(centred, loading).forEach((score, i) => {
      scores.data[i * v.length + k] = score / size;
    });
  });
  return scores;
}
