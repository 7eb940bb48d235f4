import { expect, test } from 'vitest';
import { chiSquareQuantile } from '#core/numerics/chiSquareQuantile.ts';
import { fQuantile } from '#core/numerics/fQuantile.ts';
import { logGamma } from '#core/numerics/logGamma.ts';
import { normalQuantile } from '#core/numerics/normalQuantile.ts';
import { golden } from '#tests/support/golden.ts';
import { largestRelativeError, relativeError } from '#tests/support/tolerance.ts';

interface Quantiles {
  readonly chiSquare: [number, number, number][];
  readonly f: [number, number, number, number][];
  readonly normal: [number, number][];
}
const { chiSquare, f, normal } = (golden('classifiers-tecator.json') as { quantiles: Quantiles }).quantiles;

test('quantiles of chi-square, F and the normal distribution agree with SciPy', () => {
  const ours = chiSquare.map(([p, k]) => chiSquareQuantile(p, k));
  expect(largestRelativeError(ours, chiSquare.map(([, , value]) => value))).toBeLessThan(1e-11); // prettier-ignore
  const ofF = f.map(([p, a, b]) => fQuantile(p, a, b));
  expect(largestRelativeError(ofF, f.map(([, , , value]) => value))).toBeLessThan(1e-9); // prettier-ignore
  expect(relativeError(normal.map(([p]) => normalQuantile(p)), normal.map(([, value]) => value))).toBeLessThan(1e-11); // prettier-ignore
});

test('the gamma function is the factorial of whole numbers, and √π at one half', () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 13);
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
});
