import { dot } from '#core/numerics/dot.ts';

/** Kernels of products x·z, and kernels of the distance d(x, z), where s = γ d². */
export type KernelKind =
  'linear' | 'poly' | 'sigmoid' | 'rbf' | 'matern12' | 'matern32' | 'matern52' | 'rational_quadratic';

/** A kernel with its numbers; those that a kind does not use are ignored. */
export interface KernelSpec extends Readonly<Record<string, string | number>> {
  readonly kind: KernelKind;
  readonly gamma: number;
  /** poly: a whole number. rational_quadratic: the mixture α. */
  readonly degree: number;
  readonly coef0: number;
}

/** Kernels of the distance do not change when a vector is taken off both spectra. */
export const usesDistance = (kind: KernelKind): boolean => !['linear', 'poly', 'sigmoid'].includes(kind);

/** k(x, z) for two spectra of equal length. */
export function kernelValue(spec: KernelSpec, x: Float64Array, z: Float64Array): number {
  return usesDistance(spec.kind) ? ofDistance(spec, spec.gamma * squaredDistance(x, z)) : ofProduct(spec, dot(x, z));
}

/** k(x, z) from x·z, for kernels of the product. */
export function ofProduct({ kind, gamma, degree, coef0 }: KernelSpec, product: number): number {
  if (kind === 'linear') return product;
  const inner = gamma * product + coef0;
  return kind === 'poly' ? inner ** degree : Math.tanh(inner);
}

function ofDistance({ kind, degree }: KernelSpec, s: number): number {
  switch (kind) {
    case 'matern12':
      return Math.exp(-Math.sqrt(s));
    case 'matern32': {
      const r = Math.sqrt(3 * s);
      return (1 + r) * Math.exp(-r);
    }
    case 'matern52': {
      const r = Math.sqrt(5 * s);
      return (1 + r + (r * r) / 3) * Math.exp(-r);
    }
    case 'rational_quadratic':
      return Math.exp(-degree * Math.log1p(s / degree));
    default:
      return Math.exp(-s);
  }
}

/** From the differences, not from x·x − 2x·z + z·z, whose terms cancel for spectra that are alike. */
function squaredDistance(x: Float64Array, z: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) {
    const d = x[j] - z[j];
    sum += d * d;
  }
  return sum;
}
