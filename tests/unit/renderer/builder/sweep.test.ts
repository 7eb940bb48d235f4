import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatorSpace } from '#core/pipeline/generatorSpace.ts';
import { fromPlain, toPlain } from '#core/pipeline/located.ts';
import { readSweep, sweepCount, sweepValues, writeSweep } from '#renderer/builder/sweep.ts';
import type { Sweep } from '#renderer/builder/sweep.ts';

const sweeps: fc.Arbitrary<Sweep> = fc.oneof(
  fc.record({
    kind: fc.constant('range' as const),
    from: fc.integer({ min: -50, max: 50 }),
    to: fc.integer({ min: 51, max: 90 }),
    step: fc.integer({ min: 1, max: 7 }),
  }),
  fc.record({
    kind: fc.constant('log' as const),
    from: fc.constantFrom(1e-4, 0.01, 1),
    to: fc.constantFrom(10, 1000),
    count: fc.integer({ min: 2, max: 20 }),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    values: fc.array(fc.oneof(fc.integer(), fc.boolean()), { minLength: 1, maxLength: 8 }),
  }),
);

describe('a sweep', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(sweeps, (sweep) => {
        expect(readSweep(writeSweep(sweep))).toEqual(sweep);
      }),
    );
  });

  test('shows the number and the values that the pipeline language makes of it', () => {
    fc.assert(
      fc.property(sweeps, (sweep) => {
        const space = generatorSpace(fromPlain(writeSweep(sweep)), { seed: 0, problem: () => undefined });
        expect(sweepCount(sweep)).toBe(Number(space.count));
        const shown = sweepValues(sweep, 1000);
        shown.forEach((value, k) => {
          const real = toPlain(space.at(BigInt(k)).value);
          if (typeof value === 'number') expect(value).toBeCloseTo(real as number, 9);
          else expect(value).toBe(real);
        });
      }),
    );
  });
});

test('a range ends at its end, also in steps that do not add up exactly', () => {
  expect(sweepValues({ kind: 'range', from: 0, to: 0.3, step: 0.1 }, 10)).toEqual([0, 0.1, 0.2, 0.3]);
});

test('an empty range has no values', () => {
  expect(sweepCount({ kind: 'range', from: 5, to: 1, step: 1 })).toBe(0);
  expect(sweepValues({ kind: 'range', from: 5, to: 1, step: 1 }, 3)).toEqual([]);
});

test('reads the spelled-out range, and leaves other generators to the text view', () => {
  expect(readSweep({ _range_: { from: 1, to: 9, step: 2 } })).toEqual({ kind: 'range', from: 1, to: 9, step: 2 });
  expect(readSweep({ _or_: [1, 2, 3], pick: 2 })).toEqual({ kind: 'other', keyword: '_or_' });
  expect(readSweep({ _sample_: { distribution: 'uniform' } })).toEqual({ kind: 'other', keyword: '_sample_' });
  expect(readSweep({ _range_: ['a', 2] })).toEqual({ kind: 'other', keyword: '_range_' });
});

test('a plain value is no sweep', () => {
  for (const value of [1, 'linear', null, true, [1, 2], { kernel: 'rbf' }]) expect(readSweep(value)).toBeNull();
});
