import fc from 'fast-check';
import { expect, test } from 'vitest';
import { niceRange } from '#renderer/charts/niceRange.ts';

test('holds all values between round limits', () => {
  expect(niceRange([0.9, 58.3])).toEqual({ min: 0, max: 60, interval: 10 });
  expect(niceRange([-0.013, 0.271], 5)).toEqual({ min: -0.1, max: 0.3, interval: 0.1 });
});

test('holds whatever it is given', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-6);
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      const { min, max, interval } = niceRange(values);
      const slack = 1e-9 * Math.max(Math.abs(min), Math.abs(max));
      expect(min).toBeLessThanOrEqual(Math.min(...values) + slack);
      expect(max).toBeGreaterThanOrEqual(Math.max(...values) - slack);
      expect(max).toBeGreaterThan(min);
      expect((max - min) / interval).toBeLessThan(14);
    }),
  );
});

test('has an answer for nothing and for one value', () => {
  expect(niceRange([])).toEqual({ min: 0, max: 1, interval: 0.2 });
  const { min, max } = niceRange([5]);
  expect(min).toBeLessThan(5);
  expect(max).toBeGreaterThan(5);
});
