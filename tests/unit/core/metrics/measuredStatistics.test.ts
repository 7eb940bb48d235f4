import { expect, test } from 'vitest';
import { measuredStatistics } from '#core/metrics/measuredStatistics.ts';

test('mean, sum of squares about it, quartiles by linear interpolation, range', () => {
  expect(measuredStatistics(Float64Array.of(1, 4, 2, 3, 5))).toEqual({
    mean: 3,
    squares: 10,
    interquartileRange: 2,
    range: 4,
  });
});

test('without values nothing is invented', () => {
  expect(measuredStatistics(new Float64Array(0))).toMatchObject({ mean: NaN, squares: 0, interquartileRange: NaN });
});
