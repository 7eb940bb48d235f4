/**
 * Probability of a standard normal value below x: the series of Marsaglia (2004, J. Statistical Software 11(4)), exact
 * to the last digits of a double in absolute terms.
 */
export function normalProbability(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let i = 3; ; i += 2) {
    term *= (x * x) / i;
    if (sum + term === sum) break;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - LOG_SQRT_TWO_PI);
}

/** log √(2π) */
const LOG_SQRT_TWO_PI = 0.918938533204672741780329736406;
