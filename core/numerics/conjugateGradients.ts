import type { CancelToken } from '#core/base/cancellation.ts';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { dot } from '#core/numerics/dot.ts';
import { norm2 } from '#core/numerics/norm2.ts';

/**
 * Solves A d = b for a symmetric A without negative eigenvalues, given only as v → A v, by conjugate gradients
 * (Hestenes & Stiefel 1952), until the residual is below `tolerance` · ‖b‖ or a direction has no curvature.
 */
export function conjugateGradients(
  times: (v: Float64Array) => Float64Array,
  b: Float64Array,
  tolerance: number,
  cancel: CancelToken,
): Float64Array {
  const d = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  let squared = dot(residual, residual);
  const enough = tolerance * norm2(b);
  for (let step = 0; step < 2 * b.length + 10 && Math.sqrt(squared) > enough; step++) {
    cancel.check();
    const image = times(direction);
    const curvature = dot(direction, image);
    if (!(curvature > Number.EPSILON * dot(direction, direction) * Number.EPSILON)) break;
    const share = squared / curvature;
    addScaledInto(share, direction, d);
    addScaledInto(-share, image, residual);
    const next = dot(residual, residual);
    const ratio = next / squared;
    for (let j = 0; j < direction.length; j++) direction[j] = residual[j] + ratio * direction[j];
    squared = next;
  }
  // Without any curvature along b itself, b is the best direction known.
  return squared === dot(b, b) ? b.slice() : d;
}
