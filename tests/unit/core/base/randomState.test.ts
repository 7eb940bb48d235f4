import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { golden } from '#tests/support/golden.ts';

const numpy = (golden('folds.json') as { mt19937: Record<string, number[]> & { seed: number } }).mt19937;

describe('agrees with numpy.random.RandomState', () => {
  test('uniform, permutation, normal, integer and choice draws of one generator, in NumPy order', () => {
    const draws = randomState(numpy.seed);
    expect(Array.from({ length: 5 }, () => draws.random())).toEqual(numpy['random_sample']);
    expect([...draws.permutation(10)]).toEqual(numpy['then_permutation_10']);
    const normals = Array.from({ length: 5 }, () => draws.normal());
    normals.forEach((value, i) => expect(value).toBeCloseTo(numpy['then_standard_normal']?.[i] ?? NaN, 14));
    expect([...draws.randint(0, 100, 8)]).toEqual(numpy['then_randint_0_100']);
    expect([...draws.choice(10, 4)]).toEqual(numpy['then_choice_10_4_noreplace']);
  });

  test('first raw output for the authors’ default seed 5489', () => {
    // The C++ standard (rand.predef) requires the 10,000th value to be 4123659995.
    const draws = randomState(5489);
    for (let i = 1; i < 10_000; i++) draws.uint32();
    expect(draws.uint32()).toBe(4123659995);
  });
});

test('a permutation holds every number once', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 300 }), (seed, n) => {
      const sorted = [...randomState(seed).permutation(n)].sort((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
  );
});

test('an interval stays inside its limits, and 0 … 0 draws nothing', () => {
  const draws = randomState(1);
  const twin = randomState(1);
  expect(draws.interval(0)).toBe(0);
  expect(draws.uint32()).toBe(twin.uint32());
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 0xffffffff }), (max) => {
      const value = draws.interval(max);
      expect(value >= 0 && value <= max).toBe(true);
    }),
  );
});
