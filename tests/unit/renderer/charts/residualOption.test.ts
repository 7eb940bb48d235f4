import { expect, test } from 'vitest';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { panelLayout, residualFoldsOption } from '#renderer/charts/residualFoldsOption.ts';
import { residualOption, residualsOf } from '#renderer/charts/residualOption.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('dark');
const groups = Array.from({ length: 3 }, (_, k) => ({
  name: `Fold ${k + 1}`,
  kind: 'fold' as const,
  index: k,
  measured: Float64Array.of(1, 2, 3),
  predicted: Float64Array.of(1 + k, 2 + k, 3 + k),
}));
const picture = { groups, xName: 'Predicted fat / %', yName: 'Predicted − measured / %', twoSep: 3 };

test('residuals are predicted − measured, on an axis symmetric about zero', () => {
  expect(residualsOf(groups[2])).toEqual([2, 2, 2]);
  const { yAxis } = residualOption(picture, 600, c) as unknown as { yAxis: { min: number; max: number } };
  expect(yAxis.min).toBe(-yAxis.max);
  expect(yAxis.max).toBeGreaterThanOrEqual(3);
});

test('panels share both axes and say the bias of their fold', () => {
  const option = residualFoldsOption(picture, { width: 900, height: 260 }, c) as unknown as {
    xAxis: { min: number; max: number }[];
    yAxis: { min: number; max: number }[];
    title: { text: string }[];
  };
  expect(new Set(option.xAxis.map(({ min, max }) => `${min} ${max}`)).size).toBe(1);
  expect(new Set(option.yAxis.map(({ min, max }) => `${min} ${max}`)).size).toBe(1);
  expect(option.title.map(({ text }) => text).slice(0, 3)).toEqual([
    'Fold 1 · bias 0.000 · n = 3',
    'Fold 2 · bias +1.000 · n = 3',
    'Fold 3 · bias +2.000 · n = 3',
  ]);
});

test('at most five panels stand side by side, fewer where there is no room', () => {
  expect(panelLayout(5, 1200)).toEqual({ columns: 5, rows: 1 });
  expect(panelLayout(7, 1200)).toEqual({ columns: 4, rows: 2 });
  expect(panelLayout(7, 400)).toEqual({ columns: 2, rows: 4 });
  expect(panelLayout(3, 100)).toEqual({ columns: 1, rows: 3 });
  expect(panelLayout(99, 1200)).toEqual({ columns: 5, rows: 3 });
});

test('ECharts draws both', () => {
  for (const option of [
    residualOption(picture, 600, c),
    residualFoldsOption(picture, { width: 600, height: 300 }, c),
  ]) {
    const chart = openSvgChart(600, 300, c);
    chart.setOption(option);
    expect(chart.renderToSVGString()).toContain('Predicted − measured / %');
    chart.dispose();
  }
});
