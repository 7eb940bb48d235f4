import { expect, test } from 'vitest';
import { dot } from '#core/numerics/dot.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';

test.each([
  [1, 0],
  [2, 1],
  [11, 10],
  [2000, 10],
])('%i points, degree %i: orthonormal', (n, degree) => {
  const { values } = orthonormalPolynomials(n, degree);
  expect(values).toHaveLength(degree + 1);
  values.forEach((one, i) =>
    values.forEach((other, j) => {
      expect(Math.abs(dot(one, other) - (i === j ? 1 : 0))).toBeLessThan(1e-13);
    }),
  );
});

test('the derivative of order 0 is the value', () => {
  const polynomials = orthonormalPolynomials(9, 5);
  for (let j = 0; j < 9; j++)
    polynomials
      .derivatives(0, j)
      .forEach((value, k) => expect(value).toBeCloseTo(polynomials.values[k]?.[j] ?? NaN, 13));
});
