import { expect, test } from 'vitest';
import { chartTokens } from '#renderer/theme/chartTokens.ts';
import { predictionOption } from '#renderer/views/predict/predictionOption.ts';

const row = (id: string, predicted: number, measured: number, status: 'ok' | 'high' = 'ok') => ({
  id,
  predicted,
  measured,
  residual: predicted - measured,
  status,
});
const picture = { target: 'fat', unit: '%', range: { low: 1, high: 50 } };

test('with reference values both axes have the same range, so 1:1 is the diagonal', () => {
  const rows = [row('a', 10, 11), row('b', 60, 55, 'high')];
  const option = predictionOption({ ...picture, rows }, chartTokens('light')) as unknown as {
    xAxis: { min: number; max: number; name: string };
    yAxis: { min: number; max: number };
    series: { symbol: string }[];
  };
  expect([option.xAxis.min, option.xAxis.max]).toEqual([option.yAxis.min, option.yAxis.max]);
  expect(option.xAxis.name).toContain('%');
  expect(option.series.slice(0, 2).map(({ symbol }) => symbol)).toEqual(['circle', 'triangle']);
});

test('without them the predictions stand in sample order beside the calibration range', () => {
  const option = predictionOption({ ...picture, rows: [row('a', 10, Number.NaN)] }, chartTokens('dark')) as unknown as {
    series: { markArea?: { data: unknown }; data: { value: number[] }[] }[];
  };
  expect(option.series[0]?.markArea?.data).toEqual([[{ yAxis: 1 }, { yAxis: 50 }]]);
  expect(option.series[1]?.data[0]?.value).toEqual([1, 10]);
});
