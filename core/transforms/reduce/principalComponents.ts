import type { FitContext } from '#core/data/operator.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { leadingComponents } from '#core/transforms/reduce/leadingComponents.ts';
import { projectionOf, type Projection } from '#core/transforms/reduce/projection.ts';
import { requireRows } from '#core/transforms/scale/requireRows.ts';

/**
 * Principal components of spectra (n × p), as scikit-learn's PCA: `whiten` divides each score by its standard deviation
 * (n − 1). The largest loading of a component is positive (scikit-learn from 1.5), so that signs do not depend on
 * single samples.
 */
export function principalComponents(
  operator: string,
  x: Matrix,
  wanted: number | null,
  whiten: boolean,
  context: FitContext,
): Projection {
  requireRows(operator, x, 2);
  requireFinite(x.data, operator, 'the spectra');
  const means = columnMeans(x);
  const centred = standardiseColumns(x, means, null);
  const total = norm2(centred.data) ** 2;
  const { s, v } = leadingComponents(operator, centred, wanted, (found, k) => found.s[k] ** 2 / total, context);
  return projectionOf(means, v, (k) => (whiten ? s[k] / Math.sqrt(x.rows - 1) : 1));
}
