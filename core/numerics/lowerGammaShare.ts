import { logGamma } from '#core/numerics/logGamma.ts';

/**
 * The regularised lower incomplete gamma function P(a, x) for a > 0, x ≥ 0: by its series below a + 1, else by the
 * continued fraction of 1 − P (Abramowitz & Stegun 6.5.29 and 6.5.31, evaluated from below by Lentz's method).
 * P(k / 2, x / 2) is the distribution function of chi-square with k degrees of freedom.
 */
export function lowerGammaShare(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? front * series(a, x) : 1 - front * fraction(a, x);
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < LARGEST_STEPS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return value;
}

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

const TINY = 1e-300;
/** It converges within about 10 √a steps. */
const LARGEST_STEPS = 100_000;
