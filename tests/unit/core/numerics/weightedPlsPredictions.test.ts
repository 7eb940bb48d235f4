import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrix, rowOf, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { weightedPlsPrediction } from '#core/numerics/weightedPlsPrediction.ts';
import { weightedPlsPredictions } from '#core/numerics/weightedPlsPredictions.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const TOLERANCE = 1e-8;

const alone = (x: Matrix, y: Float64Array, queries: Matrix, components: number, lambda: number): number[] =>
  Array.from({ length: queries.rows }, (_, i) => weightedPlsPrediction(x, y, rowOf(queries, i), components, lambda));

test('agrees with a model for each query, on any shape and with any width of the weights', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: 40 }),
      fc.integer({ min: 5, max: 40 }),
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom(0.2, 1, 5, Infinity),
      fc.nat(1_000_000),
      (n, p, count, lambda, seed) => {
        const all = syntheticSpectra(n + count, p, seed);
        const [x, queries] = [matrix(n, p, all.data.slice(0, n * p)), matrix(count, p, all.data.slice(n * p))];
        const y = syntheticTarget(x, seed);
        for (const components of [1, 3]) {
          const found = weightedPlsPredictions(x, y, queries, components, lambda);
          expect(relativeError(found, alone(x, y, queries, components, lambda))).toBeLessThan(TOLERANCE);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('a prediction does not depend on the queries beside it', () => {
  const x = syntheticSpectra(40, 60, 1);
  const y = syntheticTarget(x, 2);
  const queries = syntheticSpectra(30, 60, 3);
  const together = weightedPlsPredictions(x, y, queries, 4, 1);
  for (const row of [0, 11, 12, 29]) {
    const one = weightedPlsPredictions(x, y, takeRows(queries, Int32Array.of(row)), 4, 1);
    expect(one[0]).toBe(together[row]);
  }
});

test('where the samples hold fewer components than asked, each query uses those that there are', () => {
  const two = syntheticSpectra(2, 20, 4);
  const x = matrix(
    12,
    20,
    Float64Array.from({ length: 240 }, (_, at) => {
      const [row, channel] = [Math.floor(at / 20), at % 20];
      return (two.data[channel] ?? 0) + row * ((two.data[20 + channel] ?? 0) - (two.data[channel] ?? 0));
    }),
  );
  const y = Float64Array.from({ length: 12 }, (_, i) => 3 + 2 * i);
  const found = weightedPlsPredictions(x, y, x, 5, 1);
  expect([...found]).toEqual(alone(x, y, x, 5, 1));
  expect(relativeError(found, y)).toBeLessThan(1e-9);
  const constant = y.map(() => 7);
  expect(relativeError(weightedPlsPredictions(x, constant, x, 2, 1), constant)).toBeLessThan(1e-14);
});
