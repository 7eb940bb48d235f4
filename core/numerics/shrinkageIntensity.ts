import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * How far a sample covariance S = X'X / n (p × p, from centred X, n × p) should move towards the identity times its mean
 * variance μ, 0 … 1: min(b², d²) / d² of Ledoit & Wolf (2004, J. Multivariate Analysis 88, 365–411, lemma 3.2 to 3.4),
 * with d² = ‖S − μI‖² / p and b² = Σᵢ ‖xᵢxᵢ' − S‖² / (n² p).
 */
export function shrinkageIntensity(x: Matrix, covariance: Matrix): number {
  const { rows: n, cols: p, data } = x;
  const s = covariance.data;
  let trace = 0;
  let squares = 0;
  for (let j = 0; j < p; j++) trace += s[j * p + j];
  for (let at = 0; at < s.length; at++) squares += s[at] * s[at];
  const distance = squares - (trace * trace) / p;
  // Σ ‖xᵢxᵢ' − S‖² = Σ (xᵢ'xᵢ)² − n ‖S‖², because Σ xᵢxᵢ' = n S.
  let lengths = 0;
  for (let i = 0; i < n; i++) {
    let length = 0;
    for (let j = 0; j < p; j++) length += data[i * p + j] ** 2;
    lengths += length * length;
  }
  const noise = (lengths / n - squares) / n;
  return distance > 0 ? Math.max(0, Math.min(1, noise / distance)) : 0;
}
