import { expect, test } from 'vitest';
import { rasterDensity } from '#renderer/charts/rasterDensity.ts';
import { syntheticSpectra } from '#tests/support/datasets.ts';

const view = { left: 0, right: 4, bottom: 0, top: 4 };

test('counts each spectrum once in each pixel it passes', () => {
  const axis = Float64Array.of(0, 4);
  const values = Float64Array.of(1, 1, 1, 3);
  const { count } = rasterDensity({ axis, values, rows: [0, 1], of: 2 }, view, 4, 4);
  // Row 2 from the top is the band 1 … 2; the flat spectrum lies on its lower edge, which belongs to the row below.
  expect(Array.from(count.subarray(12, 16))).toEqual([2, 1, 1, 1]);
  expect(Array.from(count.subarray(0, 4))).toEqual([0, 0, 0, 0]);
  expect(count[4 + 3]).toBe(1);
});

test('a reversed axis and a reversed view cancel out', () => {
  const { axis, values } = syntheticSpectra(20, 40);
  const all = Array.from({ length: 20 }, (_, k) => k);
  const wanted = { left: 860, right: 1040, bottom: 2, top: 5 };
  const plain = rasterDensity({ axis, values, rows: all, of: 20 }, wanted, 50, 30);
  const turned = rasterDensity(
    {
      axis: axis.slice().reverse(),
      values: Float64Array.from(values, (_, k) => values[Math.floor(k / 40) * 40 + 39 - (k % 40)] ?? 0),
      rows: all,
      of: 20,
    },
    wanted,
    50,
    30,
  );
  expect(turned.count).toEqual(plain.count);
});

test('leaves pixels beyond the axis and missing values empty', () => {
  const axis = Float64Array.of(1, 2, 3);
  const values = Float64Array.of(1, Number.NaN, 1);
  const { count, drawn, of } = rasterDensity({ axis, values, rows: [0], of: 7 }, view, 8, 8);
  expect(count.reduce((a, b) => a + b, 0)).toBe(0);
  expect([drawn, of]).toEqual([1, 7]);
});
