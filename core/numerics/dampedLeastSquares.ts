import type { CancelToken } from '#core/base/cancellation.ts';
import { dampedPath } from '#core/numerics/dampedPath.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/** The b that minimises ‖y − X b‖² + α‖b‖² (for α = 0 the shortest least squares solution); see `dampedPath`. */
export const dampedLeastSquares = (x: Matrix, y: Float64Array, alpha: number, cancel: CancelToken): Float64Array =>
  dampedPath(x, y, [alpha], cancel)[0];
