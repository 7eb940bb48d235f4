import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { boxedDescent } from '#core/numerics/boxedDescent.ts';

/** Rosenbrock's valley, with its minimum at (1, 1). */
const valley = (at: Float64Array) => {
  const [a = 0, b = 0] = at;
  return {
    value: (1 - a) ** 2 + 100 * (b - a * a) ** 2,
    gradient: Float64Array.of(-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)),
  };
};
const search = (bounds: readonly (readonly [number, number])[], start = Float64Array.of(-1.2, 1)) =>
  boxedDescent(valley, start, bounds, neverCancelled);

test('finds the end of a curved valley', () => {
  const { at, settled } = search([[-5, 5], [-5, 5]]); // prettier-ignore
  expect(settled).toBe(true);
  expect([...at].map((value) => Math.round(value * 1e3) / 1e3)).toEqual([1, 1]);
});

test('stops at a bound, where the other variables are still searched', () => {
  const { at, settled } = search([[-5, 0.5], [-5, 5]]); // prettier-ignore
  expect(settled).toBe(true);
  expect(at[0]).toBe(0.5);
  expect(at[1]).toBeCloseTo(0.25, 4);
});

test('starts inside the bounds and walks around values that are not finite', () => {
  const { at } = boxedDescent(
    ([x = 0]) => ({ value: x < 1 ? Infinity : (x - 1.5) ** 2, gradient: Float64Array.of(2 * (x - 1.5)) }),
    Float64Array.of(40),
    [[-10, 10]],
    neverCancelled,
  );
  expect(at[0]).toBeCloseTo(1.5, 4);
});
