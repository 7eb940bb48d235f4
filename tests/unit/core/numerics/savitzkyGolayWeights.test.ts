import { describe, expect, test } from 'vitest';
import { savitzkyGolayWeights } from '#core/numerics/savitzkyGolayWeights.ts';
import { golden } from '#tests/support/golden.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const { savgolCoefficients } = golden('preprocess-tecator.json') as { savgolCoefficients: Record<string, number[]> };

test.each(Object.entries(savgolCoefficients))('middle weights %s agree with SciPy', (name, expected) => {
  const [, window, , deriv] = /w(\d+)_p(\d)_d(\d)/.exec(name) ?? [];
  const { middle } = savitzkyGolayWeights(Number(window), 2, Number(deriv), 1);
  expect(relativeError(middle, expected)).toBeLessThan(1e-12);
});

describe('differentiates polynomials up to its order exactly, at the ends too', () => {
  test.each([
    [5, 2, 0],
    [11, 3, 1],
    [15, 4, 2],
    [9, 8, 3],
    [501, 10, 1],
  ])('window %i, order %i, derivative %i', (window, order, deriv) => {
    const { middle, left, right } = savitzkyGolayWeights(window, order, deriv, 0.5);
    const centre = (window - 1) / 2;
    // x^order on points 0.5 apart, scaled so that all values are near 1.
    const size = centre * 0.5;
    const values = Float64Array.from({ length: window }, (_, j) => (((j - centre) * 0.5) / size) ** order);
    const exact = (j: number): number => {
      const x = ((j - centre) * 0.5) / size;
      let factor = 1;
      for (let m = 0; m < deriv; m++) factor *= order - m;
      return (factor * x ** (order - deriv)) / size ** deriv;
    };
    const all = [...left, middle, ...right].map((weights) =>
      weights.reduce((sum, weight, j) => sum + weight * (values[j] ?? 0), 0),
    );
    expect(
      relativeError(
        all,
        Array.from({ length: window }, (_, j) => exact(j)),
      ),
    ).toBeLessThan(1e-9);
  });
});

test('smoothing keeps a constant, a derivative removes it', () => {
  const total = (deriv: number): number =>
    savitzkyGolayWeights(13, 3, deriv, 1).middle.reduce((sum, weight) => sum + weight, 0);
  expect(total(0)).toBeCloseTo(1, 14);
  expect(total(1)).toBeCloseTo(0, 14);
});
