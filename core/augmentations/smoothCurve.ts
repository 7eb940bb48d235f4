import { splineInterpolation, type Interpolation } from '#core/numerics/splineInterpolation.ts';

/**
 * A smooth curve over the axis through values at evenly spaced control points: a cubic spline, or straight lines for
 * three points or fewer.
 */
export function smoothCurve(axis: Float64Array, controlPoints: number): Interpolation {
  const low = Math.min(axis[0], axis[axis.length - 1]);
  const high = Math.max(axis[0], axis[axis.length - 1]);
  const step = (high - low) / (controlPoints - 1);
  const known = Float64Array.from({ length: controlPoints }, (_, k) => low + k * step);
  return splineInterpolation(known, axis, controlPoints > 3 ? 3 : 1);
}
