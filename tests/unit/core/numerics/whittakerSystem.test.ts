import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { whittakerSystem } from '#core/numerics/whittakerSystem.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const values = (n: number, seed: number): Float64Array => {
  const draws = randomState(seed);
  return Float64Array.from({ length: n }, () => draws.normal());
};
const difference = (v: readonly number[]): number[] => v.slice(1).map((value, i) => value - (v[i] ?? NaN));
const differences = (v: readonly number[], order: number): number[] =>
  order === 0 ? [...v] : differences(difference(v), order - 1);
/** Dᵀ as a map: the gradient of ½|D z|² is Dᵀ D z. */
const transposed = (d: readonly number[], order: number): number[] =>
  order === 0
    ? [...d]
    : transposed(
        difference([0, ...d, 0]).map((value) => -value),
        order - 1,
      );

test('its solution makes the gradient of the penalised sum of squares vanish', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.double({ min: -2, max: 8, noNaN: true }),
      fc.boolean(),
      fc.nat(10_000),
      (n, order, power, withFirst, seed) => {
        const [lambda, lambda1] = [10 ** power, withFirst ? 0.1 : 0];
        const y = values(n, seed);
        const w = values(n, seed + 1).map((value) => Math.min(1, Math.abs(value)) + 0.01);
        const z = new Float64Array(n);
        expect(whittakerSystem(n, lambda, order, lambda1).solveInto(y, w, z)).toBe(true);
        const rest = [...y].map((value, i) => value - (z[i] ?? NaN));
        const pull = rest.map((value, i) => (w[i] ?? NaN) * value);
        const first = transposed(differences(rest, 1), 1).map((value) => lambda1 * value);
        const smooth = transposed(differences([...z], order), order).map((value) => lambda * value);
        const gradient = pull.map((value, i) => value + (first[i] ?? NaN) - (smooth[i] ?? NaN));
        // A gradient of rounding errors: differences of z carry an error of order ε, times λ.
        expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-13 * (1 + 2 ** (2 * order) * lambda));
      },
    ),
  );
});

test('a polynomial below the order of the differences is left as it is', () => {
  for (const lambda of [1, 1e6, 1e9]) {
    const y = Float64Array.from({ length: 50 }, (_, j) => 3 - 0.2 * j + 0.01 * j * j);
    const z = new Float64Array(50);
    expect(whittakerSystem(50, lambda, 3).solveInto(y, new Float64Array(50).fill(0.3), z)).toBe(true);
    expect(relativeError(z, y)).toBeLessThan(1e-9);
  }
});

test('a very stiff curve is the weighted straight line', () => {
  const y = values(30, 5);
  const w = values(30, 6).map((value) => value * value + 0.1);
  const z = new Float64Array(30);
  whittakerSystem(30, 1e12, 2).solveInto(y, w, z);
  const sum = (f: (j: number) => number): number => y.reduce((total, _, j) => total + (w[j] ?? NaN) * f(j), 0);
  const size = sum(() => 1);
  const centre = sum((j) => j) / size;
  const level = sum((j) => y[j] ?? NaN) / size;
  const slope = sum((j) => (j - centre) * (y[j] ?? NaN)) / sum((j) => (j - centre) ** 2);
  const line = y.map((_, j) => level + slope * (j - centre));
  expect(relativeError(z, line)).toBeLessThan(1e-6);
});

test('says so when the weights leave the curve undetermined', () => {
  const w = new Float64Array(10);
  expect(whittakerSystem(10, 1, 2).solveInto(values(10, 1), w, new Float64Array(10))).toBe(false);
  expect(whittakerSystem(10, 1, 2).solveInto(values(10, 1).fill(NaN), w.fill(NaN), new Float64Array(10))).toBe(false);
});
