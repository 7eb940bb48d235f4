import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * Squared Mahalanobis distances (t − m)' C⁻¹ (t − m) of the rows of t (n × k), by forward substitution.
 *
 * @param lower L of C = L L', k × k
 */
export function triangularDistances(t: Matrix, m: Float64Array, lower: Matrix): Float64Array {
  const k = t.cols;
  const z = new Float64Array(k);
  return Float64Array.from({ length: t.rows }, (_, i) => {
    let squared = 0;
    for (let a = 0; a < k; a++) {
      let rest = t.data[i * k + a] - m[a];
      for (let b = 0; b < a; b++) rest -= lower.data[a * k + b] * z[b];
      z[a] = rest / lower.data[a * k + a];
      squared += z[a] * z[a];
    }
    return squared;
  });
}
