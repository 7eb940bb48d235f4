export type PowerMethod = 'yeo-johnson' | 'box-cox';

/**
 * Box & Cox (1964): (xᵏ − 1) / k, log x for k = 0. Yeo & Johnson (2000): the same of x + 1 for x ≥ 0, and
 * −((1 − x)²⁻ᵏ − 1) / (2 − k), −log(1 − x) for k = 2, below 0. k is called λ in the papers.
 */
export function powerOf(x: number, lambda: number, method: PowerMethod): number {
  if (method === 'box-cox') return boxCox(x, lambda);
  return x >= 0 ? boxCox(x + 1, lambda) : -boxCox(1 - x, 2 - lambda);
}

/**
 * The inverse. Values that no x maps to (beyond the pole of the power) are taken to the end of the range, so that a
 * prediction is never missing.
 */
export function rootOf(y: number, lambda: number, method: PowerMethod): number {
  if (method === 'box-cox') return inverseBoxCox(y, lambda);
  return y >= 0 ? inverseBoxCox(y, lambda) - 1 : 1 - inverseBoxCox(-y, 2 - lambda);
}

/** Logarithm of the likelihood that the transformed values are normal (its constant left out), for the best λ. */
export function logLikelihood(values: Float64Array, lambda: number, method: PowerMethod): number {
  const n = values.length;
  let sum = 0;
  let jacobian = 0;
  const powered = values.map((value) => {
    // Without the −1 / λ of Box–Cox, which shifts but does not spread.
    const y = method === 'box-cox' && lambda !== 0 ? value ** lambda / lambda : powerOf(value, lambda, method);
    sum += y;
    jacobian += method === 'box-cox' ? Math.log(value) : Math.sign(value) * Math.log1p(Math.abs(value));
    return y;
  });
  const mean = sum / n;
  const variance = powered.reduce((total, y) => total + (y - mean) ** 2, 0) / n;
  return variance > 0 ? (lambda - 1) * jacobian - (n / 2) * Math.log(variance) : -Infinity;
}

function boxCox(x: number, lambda: number): number {
  return Math.abs(lambda) < Number.EPSILON ? Math.log(x) : Math.expm1(lambda * Math.log(x)) / lambda;
}

function inverseBoxCox(y: number, lambda: number): number {
  if (Math.abs(lambda) < Number.EPSILON) return Math.exp(y);
  const power = lambda * y + 1;
  // For λ > 0 the range ends at 0; for λ < 0 it has no end, and a huge value stands for it.
  return power > 0 ? Math.exp(Math.log1p(lambda * y) / lambda) : lambda > 0 ? 0 : SMALLEST_POWER ** (1 / lambda);
}

/** Also the limit of the ONNX form. */
export const SMALLEST_POWER = 1e-12;
