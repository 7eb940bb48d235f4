import { expect, test } from 'vitest';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { lossOption, lossTable } from '#renderer/charts/lossOption.ts';
import type { LossPicture } from '#renderer/charts/lossOption.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('light');
const picture: LossPicture = {
  epochs: 200,
  curves: [
    {
      name: 'Fold 1',
      fold: 0,
      points: [
        { epoch: 1, loss: 10, validation: 12 },
        { epoch: 2, loss: 1, validation: 2 },
        { epoch: 3, loss: 0, validation: null },
      ],
    },
    { name: 'Refit', fold: null, points: [{ epoch: 1, loss: 8, validation: null }] },
  ],
};
type Line = { name: string; data: number[][]; lineStyle: { color: string; type: unknown } };
const lines = lossOption(picture, 600, c)['series'] as Line[];

test('training is a full line, validation a dashed one of the same colour, and a loss of zero has no logarithm', () => {
  const [training, validation, refit] = lines;
  expect(lines).toHaveLength(3);
  expect(training).toMatchObject({
    name: 'Fold 1',
    lineStyle: { type: 'solid' },
    data: [
      [1, 10],
      [2, 1],
    ],
  });
  expect(validation.lineStyle.type).not.toBe('solid');
  expect(validation.lineStyle.color).toBe(training.lineStyle.color);
  expect(refit.lineStyle.color).toBe(c.text);
});

test('the table has a pair of columns a curve, with gaps where a curve has no epoch', () => {
  const { columns, rows } = lossTable(picture);
  expect(columns).toHaveLength(5);
  expect(rows).toEqual([
    [1, 10, 12, 8, null],
    [2, 1, 2, null, null],
    [3, 0, null, null, null],
  ]);
});

test('ECharts draws it', () => {
  const chart = openSvgChart(600, 300, c);
  chart.setOption(lossOption(picture, 600, c));
  expect(chart.renderToSVGString()).toContain('Fold 1');
  chart.dispose();
});
