import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';

/**
 * Weights that turn `window` equidistant values into a derivative of their least squares polynomial (Savitzky & Golay
 * 1964, Anal. Chem. 36, 1627–1639; with the corrections of Steinier et al. 1972).
 */
export interface SavitzkyGolayWeights {
  /** Length window: the weights for the middle point. */
  readonly middle: Float64Array;
  /** (window − 1)/2 vectors of length window: for points 0, 1, … of the first window. */
  readonly left: readonly Float64Array[];
  /** The same for the points after the middle of the last window. */
  readonly right: readonly Float64Array[];
}

/** @param deriv order of the derivative, per unit of which neighbouring channels are `delta` apart */
export function savitzkyGolayWeights(
  window: number,
  polyorder: number,
  deriv: number,
  delta: number,
): SavitzkyGolayWeights {
  const polynomials = orthonormalPolynomials(window, polyorder);
  const half = (window - 1) / 2;
  const weightsAt = (point: number): Float64Array => {
    const d = polynomials.derivatives(deriv, point);
    const weights = new Float64Array(window);
    polynomials.values.forEach((values, k) => {
      for (let j = 0; j < window; j++) weights[j] += d[k] * values[j];
    });
    return weights.map((weight) => weight / delta ** deriv);
  };
  return {
    middle: weightsAt(half),
    left: Array.from({ length: half }, (_, j) => weightsAt(j)),
    right: Array.from({ length: half }, (_, j) => weightsAt(half + 1 + j)),
  };
}
