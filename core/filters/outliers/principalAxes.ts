import type { CancelToken } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';

/** A principal component analysis of training spectra. */
export interface PrincipalAxes {
  readonly mean: Float64Array;
  /** x − mean. */
  readonly centred: Matrix;
  /** Singular values of the centred spectra; fewer than asked when their rank is smaller. */
  readonly s: Float64Array;
  readonly v: readonly Float64Array[];
}

export function principalAxes(x: Matrix, count: number, cancel: CancelToken): PrincipalAxes {
  const mean = columnMeans(x);
  const centred = standardiseColumns(x, mean, null);
  return { mean, centred, ...leadingSingularVectors(centred, Math.min(count, x.rows, x.cols), cancel) };
}
