/** A moving window whose weights are symmetric (sign 1) or antisymmetric (sign −1): the middle weight and those to its right. */
export interface FoldedWindow {
  /** Length half + 1. */
  readonly weights: Float64Array;
  readonly sign: 1 | -1;
}

/**
 * Folds an odd number of weights that are symmetric or antisymmetric up to rounding. The two sides are averaged, so that
 * what rounding left of asymmetry goes.
 */
export function foldWindow(weights: Float64Array): FoldedWindow {
  const half = (weights.length - 1) / 2;
  let even = 0;
  let odd = 0;
  for (let k = 1; k <= half; k++) {
    even += Math.abs(weights[half + k] + weights[half - k]);
    odd += Math.abs(weights[half + k] - weights[half - k]);
  }
  const sign = odd > even ? -1 : 1;
  const folded = Float64Array.from({ length: half + 1 }, (_, k) => (weights[half + k] + sign * weights[half - k]) / 2);
  return { weights: folded, sign };
}
