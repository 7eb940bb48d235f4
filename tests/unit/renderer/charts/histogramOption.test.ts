import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogram } from '#renderer/charts/histogramOption.ts';

test('every value is in exactly one bin', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }),
      (values) => {
        const { edges, counts } = histogram(values);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
        expect(edges).toHaveLength(counts.length + 1);
        expect(counts.length).toBeLessThanOrEqual(40);
      },
    ),
  );
});

test('equal values make one bin, no values none', () => {
  expect(histogram([3, 3, 3])).toEqual({ edges: [2.5, 3.5], counts: [3] });
  expect(histogram([Number.NaN])).toEqual({ edges: [], counts: [] });
});
