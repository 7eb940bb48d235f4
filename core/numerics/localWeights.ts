import { mean } from '#core/numerics/mean.ts';
import { rowOf, type Matrix } from '#core/numerics/matrix.ts';

/**
 * Weights exp(−d / (s_d λ)) of samples (n × p) for a spectrum q at the distances d, with s_d the standard deviation (n − 1)
 * of all distances (Kim et al. 2011, Int. J. Pharm. 421, 269–274). All 1 where every sample is equally far, or too far for
 * its weight to be a number.
 */
export function localWeights(x: Matrix, q: Float64Array, lambda: number): Float64Array {
  const d = Float64Array.from({ length: x.rows }, (_, i) => distance(rowOf(x, i), q));
  const centre = mean(d);
  const deviation = Math.sqrt(d.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, d.length - 1));
  const weights = d.map((value) => Math.exp(-value / (deviation > 0 ? deviation : 1) / lambda));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total < SMALLEST_TOTAL ? weights.fill(1) : weights;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) ** 2;
  return Math.sqrt(sum);
}

/** Below this the spectrum is so far from all samples that their weights say nothing. */
const SMALLEST_TOTAL = 1e-10;
