import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NumericDimension } from '#core/tuning/dimension.ts';
import { normalProbability } from '#core/tuning/normalProbability.ts';
import { unitScale } from '#core/tuning/unitScale.ts';

const dimensions: NumericDimension[] = [
  { kind: 'int', low: 1, high: 20, step: 1, log: false },
  { kind: 'int', low: 5, high: 41, step: 2, log: false },
  { kind: 'int', low: 1, high: 1000, step: 1, log: true },
  { kind: 'int', low: 2, high: 9, step: 3, log: false },
  { kind: 'float', low: -2, high: 3, step: null, log: false },
  { kind: 'float', low: 1e-5, high: 1e3, step: null, log: true },
  { kind: 'float', low: 0, high: 1, step: 0.1, log: false },
];

test.each(dimensions)('positions and values of %j belong together', (dimension) => {
  const scale = unitScale(dimension);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (position) => {
      const value = scale.value(position);
      expect(value).toBeGreaterThanOrEqual(dimension.low);
      expect(value).toBeLessThanOrEqual(dimension.high);
      expect(scale.value(scale.position(value))).toBeCloseTo(value, 10);
      const [from, to] = scale.cell(value);
      expect(position).toBeGreaterThanOrEqual(from - 1e-9);
      expect(position).toBeLessThanOrEqual(to + 1e-9);
    }),
  );
});

test('the values of a dimension with steps share the interval evenly', () => {
  const scale = unitScale({ kind: 'int', low: 1, high: 4, step: 1, log: false });
  expect([1, 2, 3, 4].map((value) => scale.cell(value))).toEqual([
    [0, 0.25],
    [0.25, 0.5],
    [0.5, 0.75],
    [0.75, 1],
  ]);
});

// Abramowitz & Stegun (1964), Handbook of Mathematical Functions, table 26.1.
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [2, 0.977249868051821],
  [3, 0.99865010196837],
  [-1.5, 1 - 0.933192798731142],
])('the normal probability below %d', (x, expected) => {
  expect(normalProbability(x)).toBeCloseTo(expected, 14);
});

test('the normal probability far out', () => {
  expect([normalProbability(-9), normalProbability(9)]).toEqual([0, 1]);
});
