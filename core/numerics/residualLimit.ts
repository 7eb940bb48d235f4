import { dot } from '#core/numerics/dot.ts';
import { columnOf, rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { normalQuantile } from '#core/numerics/normalQuantile.ts';

/**
 * The Q (squared distance from a PCA model) that a share alpha of the members exceeds, from the variances λ of the
 * components left out (Jackson & Mudholkar 1979, Technometrics 21, 341–349, equation 3.4).
 *
 * @param residuals what the components leave of the centred training spectra, n × p, not all zero
 */
export function residualLimit(residuals: Matrix, alpha: number): number {
  const [theta1, theta2, theta3] = powerSums(residuals);
  // Their approximation needs h > 0; below this, the limit does not change any more.
  const h = Math.max(1 - (2 * theta1 * theta3) / (3 * theta2 * theta2), SMALLEST_POWER);
  const c = normalQuantile(1 - alpha);
  const inner = (c * Math.sqrt(2 * theta2 * h * h)) / theta1 + 1 + (theta2 * h * (h - 1)) / (theta1 * theta1);
  return theta1 * Math.max(inner, 0) ** (1 / h);
}

/** Σ λ, Σ λ² and Σ λ³ as traces of powers of the smaller of EE' and E'E over n − 1, which have the same λ. */
function powerSums(e: Matrix): [number, number, number] {
  const wide = e.rows < e.cols;
  const size = wide ? e.rows : e.cols;
  const lines = Array.from({ length: size }, (_, i) => (wide ? rowOf(e, i) : columnOf(e, i)));
  const gram = zeros(size, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      gram.data[i * size + j] = gram.data[j * size + i] = dot(lines[i], lines[j]) / (e.rows - 1);
  let [first, third] = [0, 0];
  for (let i = 0; i < size; i++) {
    first += gram.data[i * size + i];
    for (let j = 0; j < size; j++) third += gram.data[i * size + j] * dot(rowOf(gram, i), rowOf(gram, j));
  }
  return [first, dot(gram.data, gram.data), third];
}

const SMALLEST_POWER = 1e-3;
