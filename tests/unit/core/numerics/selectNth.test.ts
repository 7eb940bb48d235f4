import '#tests/support/propertySeed.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median } from '#core/numerics/median.ts';
import { quantile } from '#core/numerics/quantile.ts';
import { selectNth } from '#core/numerics/selectNth.ts';

/** Few different values make many equal ones; smooth ones are what spectra look like. */
const lists = (noNaN: boolean): fc.Arbitrary<Float64Array> =>
  fc.oneof(
    fc.array(fc.double({ noNaN }), { minLength: 1, maxLength: 300 }).map((list) => Float64Array.from(list)),
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 300 }).map((list) => Float64Array.from(list)),
    fc
      .tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.5, max: 50, noNaN: true }))
      .map(([n, waves]) => Float64Array.from({ length: n }, (_, j) => Math.sin((waves * j) / n))),
  );
const plus = (values: Float64Array): Float64Array => values.map((value) => value + 0); // no −0, which sorts before 0

test('selects what sorting would put there, and parts the others around it', () => {
  fc.assert(
    fc.property(lists(false), fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const values = plus(list);
      const k = Math.floor(share * (values.length - 1));
      const sorted = values.slice().sort();
      const parted = values.slice();
      expect(selectNth(parted, k)).toBe(sorted[k]);
      expect(parted.slice(0, k).sort()).toEqual(sorted.slice(0, k));
      expect(parted.slice(k + 1).sort()).toEqual(sorted.slice(k + 1));
    }),
    { numRuns: 300 },
  );
});

test('medians and quantiles are those of the sorted values, which stay as they are', () => {
  fc.assert(
    fc.property(lists(true), fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
      const values = plus(list).filter(Number.isFinite);
      if (values.length === 0) return;
      const before = values.slice();
      const sorted = [...values].sort((a, b) => a - b);
      const at = (place: number): number => sorted[Math.min(place, sorted.length - 1)] ?? NaN;
      expect(median(values)).toBe(
        sorted.length % 2 === 1 ? at((sorted.length - 1) / 2) : (at(sorted.length / 2 - 1) + at(sorted.length / 2)) / 2,
      );
      const position = q * (sorted.length - 1);
      const below = Math.floor(position);
      expect(quantile(values, q)).toBe(at(below) + (position - below) * (at(below + 1) - at(below)));
      expect(values).toEqual(before);
    }),
  );
});

test('nothing has no median; NaN sorts last', () => {
  expect(median(new Float64Array())).toBe(NaN);
  expect(quantile(new Float64Array(), 0.5)).toBe(NaN);
  expect(median(Float64Array.of(NaN, 2, 1))).toBe(2);
  expect(quantile(Float64Array.of(3, NaN, 1, 2), 1 / 3)).toBe(2);
});
