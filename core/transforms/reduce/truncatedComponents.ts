import type { FitContext } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { mean } from '#core/numerics/mean.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { leadingComponents } from '#core/transforms/reduce/leadingComponents.ts';
import { projectionOf, type Projection } from '#core/transforms/reduce/projection.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

/**
 * Leading singular vectors of uncentred spectra (n × p), as scikit-learn's TruncatedSVD. A `wanted` below 1 is a share
 * of the variance, which for uncentred data is counted about the mean of each score.
 */
export function truncatedComponents(operator: string, x: Matrix, wanted: number, context: FitContext): Projection {
  requireRows(operator, x, 2);
  requireFinite(x.data, operator, 'the spectra');
  const total = norm2(standardiseColumns(x, columnMeans(x), null).data) ** 2;
  const { v } = leadingComponents(
    operator,
    x,
    wanted,
    (found, k) => spread(matrixTimesVector(x, found.v[k])) / total,
    context,
  );
  return projectionOf(new Float64Array(x.cols), v);
}

/** Sum of squares about the mean. */
function spread(scores: Float64Array): number {
  const middle = mean(scores);
  return scores.reduce((sum, score) => sum + (score - middle) ** 2, 0);
}
