import { expect, test } from 'vitest';
import { targetStatistics } from '#core/workspace/targetStatistics.ts';

test('leaves missing values out', () => {
  // By hand: deviations −3, −1, 4; sd = √(26 / 2).
  const { sd, ...rest } = targetStatistics(Float64Array.of(2, NaN, 4, 9));
  expect(rest).toEqual({ missing: 1, min: 2, max: 9, mean: 5 });
  expect(sd).toBeCloseTo(3.605551275463989, 14);
});

test('one value has no spread, no value has nothing', () => {
  expect(targetStatistics(Float64Array.of(3))).toEqual({ missing: 0, min: 3, max: 3, mean: 3, sd: null });
  const nothing = { min: null, max: null, mean: null, sd: null };
  expect(targetStatistics(Float64Array.of(NaN))).toEqual({ missing: 1, ...nothing });
  expect(targetStatistics(new Float64Array(0))).toEqual({ missing: 0, ...nothing });
});

test('a large mean does not swallow a small spread', () => {
  expect(targetStatistics(Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3)).sd).toBeCloseTo(1, 12);
});
