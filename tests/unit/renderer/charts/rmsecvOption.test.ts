import { describe, expect, test } from 'vitest';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { legendLayout } from '#renderer/charts/legendLayout.ts';
import { rmsecvOption } from '#renderer/charts/rmsecvOption.ts';
import type { RmsecvPicture } from '#renderer/charts/rmsecvOption.ts';
import { rmsecvTable } from '#renderer/charts/rmsecvTable.ts';
import { rmsecvVariantsOption } from '#renderer/charts/rmsecvVariantsOption.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('light');
const picture: RmsecvPicture = {
  curves: [
    { name: 'SNV', values: [3, 1, 2], rmsecv: [2, 5, null] },
    ...Array.from({ length: 20 }, (_, k) => ({ name: `other ${k}`, values: [1, 2, 3], rmsecv: [6, 5, 4] })),
  ],
  training: [1, 4, 2],
  standardError: Float64Array.of(0.1, 0.5, Number.NaN),
  foldPoints: [
    [1, 4.9],
    [1, 5.1],
    [3, 2],
  ],
  minimum: { x: 3, y: 2 },
  oneStandardError: { x: 1, y: 5 },
  xName: 'Latent variables',
  yName: 'RMSECV / %',
};
const seriesOf = (of: RmsecvPicture) =>
  rmsecvOption(of, 600, c)['series'] as { type: string; name: string; data: number[][] }[];

describe('RMSECV against components', () => {
  test('draws points in the order of the axis and leaves gaps out', () => {
    expect(seriesOf(picture).find(({ name }) => name === 'SNV')?.data).toEqual([
      [1, 5],
      [3, 2],
    ]);
  });

  test('never draws more lines than can be told apart', () => {
    expect(seriesOf(picture).filter(({ type }) => type === 'line').length).toBeLessThanOrEqual(10);
  });

  test('bars span one standard error to both sides, where it is known', () => {
    const bars = seriesOf(picture).find(({ type }) => type === 'custom')?.data ?? [];
    expect(bars).toEqual([
      [3, 1.9, 2.1],
      [1, 4.5, 5.5],
    ]);
  });

  test('marks the minimum and the one-standard-error choice with different shapes', () => {
    const marks = seriesOf(picture).filter(({ name }) => name === 'Minimum' || name === 'One-SE choice') as unknown as {
      symbol: string;
    }[];
    expect(marks.map(({ symbol }) => symbol)).toEqual(['circle', 'diamond']);
  });

  test('the error axis begins at zero', () => {
    expect((rmsecvOption(picture, 600, c)['yAxis'] as { min: number }).min).toBe(0);
  });

  test('ECharts draws it, error bars included', () => {
    const chart = openSvgChart(600, 300, c);
    chart.setOption(rmsecvOption(picture, 600, c));
    const svg = chart.renderToSVGString();
    chart.dispose();
    expect(svg).toContain('Latent variables');
    expect(svg).toContain('One-SE choice');
  });

  test('the table has every curve, and the folds beside the first', () => {
    const table = rmsecvTable({ ...picture, curves: picture.curves.slice(0, 2) });
    expect(table.columns.slice(-2)).toEqual(['Fold 1', 'Fold 2']);
    expect(table.rows).toHaveLength(6);
    expect(table.rows[1]).toEqual(['SNV', 1, 5, 0.5, 4, 4.9, 5.1]);
    expect(table.rows[2]).toEqual(['SNV', 2, null, null, 2, null, null]);
  });
});

test('variants without a sweep: the best on top, marked by size and shape', () => {
  const option = rmsecvVariantsOption(
    {
      points: [
        { label: 'Ridge', rmsecv: 2, standardError: 0.1, best: true },
        { label: 'PCR', rmsecv: 3, standardError: null, best: false },
      ],
      xName: 'RMSECV / %',
    },
    c,
  );
  const [bars, dots] = option['series'] as { data: unknown[] }[];
  expect(bars.data).toEqual([[0, 1.9, 2.1]]);
  expect(dots.data).toMatchObject([
    { value: [2, 0], symbol: 'circle' },
    { value: [3, 1], symbol: 'rect' },
  ]);
  const chart = openSvgChart(500, 200, c);
  chart.setOption(option);
  expect(chart.renderToSVGString()).toContain('Ridge');
  chart.dispose();
});

test('a legend that needs a second row moves the plot down', () => {
  const names = ['RMSECV (pooled)', 'Minimum', 'One-SE choice', 'Training parts'];
  expect(legendLayout(names, 1200).top).toBeLessThan(legendLayout(names, 360).top);
  expect(legendLayout([], 300).legend.width).toBeGreaterThan(0);
});
