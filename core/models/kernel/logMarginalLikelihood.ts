import type { KernelKind } from '#core/models/kernel/kernelSpec.ts';
import { cholesky } from '#core/numerics/cholesky.ts';
import { dot } from '#core/numerics/dot.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';

/** Kernel c·k(d/l) + noise on the diagonal; `mixture` is the α of the rational quadratic kernel. */
export interface GaussianKernel {
  readonly kind: KernelKind;
  readonly constant: number;
  readonly lengthScale: number;
  readonly noise: number;
  readonly mixture: number;
}

/** The likelihood and its derivatives by the logarithms of the numbers of the kernel. */
export interface Likelihood {
  readonly value: number;
  readonly constant: number;
  readonly lengthScale: number;
  readonly noise: number;
  readonly mixture: number;
}

/**
 * Log marginal likelihood of a Gaussian process (Rasmussen & Williams 2006, algorithm 2.1, eq. 5.8 and 5.9); minus
 * infinity where the covariance is not positive definite.
 *
 * @param squared n × n squared distances
 * @param y length n
 * @param alpha added to the diagonal
 */
export function logMarginalLikelihood(
  squared: Matrix,
  y: Float64Array,
  kernel: GaussianKernel,
  alpha: number,
): Likelihood {
  const n = squared.rows;
  const { constant, noise } = kernel;
  const k = zeros(n, n);
  const byLength = zeros(n, n);
  const byMixture = zeros(n, n);
  for (let at = 0; at < k.data.length; at++) {
    const { value, length, mixture } = kernelDerivatives(kernel, squared.data[at]);
    k.data[at] = constant * value;
    byLength.data[at] = constant * length;
    byMixture.data[at] = constant * mixture;
  }
  const covariance: Matrix = { ...k, data: k.data.slice() };
  for (let i = 0; i < n; i++) covariance.data[i * n + i] += noise + alpha;
  const factor = cholesky(covariance);
  if (!factor) return { value: -Infinity, constant: 0, lengthScale: 0, noise: 0, mixture: 0 };
  const weights = factor.solve(y);
  const value = -0.5 * (dot(y, weights) + factor.logDeterminant + n * Math.log(2 * Math.PI));
  // ½ tr((αα' − K⁻¹) ∂K), row by row.
  const sums = { constant: 0, lengthScale: 0, noise: 0, mixture: 0 };
  const inverse = factor.inverse();
  for (let i = 0; i < n; i++) {
    const row = rowOf(inverse, i).map((entry, j) => weights[i] * weights[j] - entry);
    sums.constant += 0.5 * dot(row, rowOf(k, i));
    sums.lengthScale += 0.5 * dot(row, rowOf(byLength, i));
    sums.noise += 0.5 * row[i] * noise;
    sums.mixture += 0.5 * dot(row, rowOf(byMixture, i));
  }
  return { value, ...sums };
}

/** k and its derivatives by log l and log α for one squared distance. */
function kernelDerivatives({ kind, lengthScale, mixture }: GaussianKernel, squared: number) {
  const s = squared / (lengthScale * lengthScale);
  switch (kind) {
    case 'matern12': {
      const r = Math.sqrt(s);
      return { value: Math.exp(-r), length: r * Math.exp(-r), mixture: 0 };
    }
    case 'matern32': {
      const r = Math.sqrt(3 * s);
      return { value: (1 + r) * Math.exp(-r), length: r * r * Math.exp(-r), mixture: 0 };
    }
    case 'matern52': {
      const r = Math.sqrt(5 * s);
      const decay = Math.exp(-r);
      return { value: (1 + r + (r * r) / 3) * decay, length: ((r * r) / 3) * (1 + r) * decay, mixture: 0 };
    }
    case 'rational_quadratic': {
      const half = s / 2;
      const base = 1 + half / mixture;
      const value = Math.exp(-mixture * Math.log1p(half / mixture));
      return {
        value,
        length: (value / base) * s,
        mixture: value * (half / base - mixture * Math.log1p(half / mixture)),
      };
    }
    default: {
      const value = Math.exp(-s / 2);
      return { value, length: value * s, mixture: 0 };
    }
  }
}
