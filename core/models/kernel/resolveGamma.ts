import { mean } from '#core/numerics/mean.ts';
import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * The kernel coefficient as scikit-learn resolves it: `scale` is 1 / (p · variance of all values), 1 where they do not
 * vary; `auto` (and null) is 1 / p.
 */
export function resolveGamma(gamma: number | 'scale' | 'auto' | null, x: Matrix): number {
  if (typeof gamma === 'number') return gamma;
  if (gamma !== 'scale') return 1 / x.cols;
  const centre = mean(x.data);
  const variance = mean(x.data.map((value) => (value - centre) ** 2));
  return variance > 0 ? 1 / (x.cols * variance) : 1;
}
