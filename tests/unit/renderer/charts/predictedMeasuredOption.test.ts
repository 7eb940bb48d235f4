import { describe, expect, test } from 'vitest';
import { predictedMeasuredOption, squareLayout } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedGroup, PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import { predictedPicture } from '#renderer/charts/predictedPicture.ts';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('light');
const group = (name: string, index: number, change: Partial<PredictedGroup> = {}): PredictedGroup => ({
  name,
  kind: 'fold',
  index,
  measured: Float64Array.of(1, 10, 40),
  predicted: Float64Array.of(2, 11, 38),
  ids: ['a', 'b', '<c>'],
  ...change,
});
const pictureOf = (...groups: PredictedGroup[]): PredictedMeasuredPicture =>
  predictedPicture(groups, { target: 'fat', unit: '%', focus: null });
const SIZE = { width: 640, height: 400 };
interface Drawn {
  readonly series: readonly Record<string, unknown>[];
  readonly xAxis: Record<string, unknown>;
  readonly yAxis: Record<string, unknown>;
  readonly tooltip: { formatter(params: unknown): string };
}
const drawn = (picture: PredictedMeasuredPicture) => predictedMeasuredOption(picture, SIZE, c) as unknown as Drawn;

describe('predicted against measured', () => {
  test('has equal axes in a square, at any size', () => {
    const { xAxis, yAxis } = drawn(pictureOf(group('Fold 1', 0)));
    expect([xAxis['min'], xAxis['max'], xAxis['interval']]).toEqual([yAxis['min'], yAxis['max'], yAxis['interval']]);
    for (const width of [320, 499, 500, 900])
      for (const height of [260, 480]) {
        const { grid } = squareLayout({ width, height }, ['1:1', 'Fold 1', 'Fold 2']);
        expect(grid.width).toBe(grid.height);
        expect(grid.left + grid.width).toBeLessThanOrEqual(width);
      }
  });

  test('names axes with units', () => {
    const { xAxis, yAxis } = drawn(pictureOf(group('Fold 1', 0)));
    expect([xAxis['name'], yAxis['name']]).toEqual(['Measured fat / %', 'Predicted fat / %']);
  });

  test('tells folds apart by colour and by shape', () => {
    const groups = Array.from({ length: 10 }, (_, k) => group(`Fold ${k + 1}`, k));
    const looks = drawn(pictureOf(...groups))
      .series.slice(2)
      .map(({ symbol, itemStyle }) => `${String(symbol)} ${(itemStyle as { color: string }).color}`);
    expect(new Set(looks).size).toBe(10);
  });

  test('draws the 1:1 line and the regression line inside the axes', () => {
    const { series, xAxis } = drawn(pictureOf(group('Fold 1', 0)));
    const [oneToOne, regression] = series;
    expect(oneToOne['data']).toEqual([
      [xAxis['min'], xAxis['min']],
      [xAxis['max'], xAxis['max']],
    ]);
    for (const [x, y] of regression['data'] as [number, number][]) {
      expect(x).toBeGreaterThanOrEqual(Number(xAxis['min']) - 1e-9);
      expect(y).toBeLessThanOrEqual(Number(xAxis['max']) + 1e-9);
    }
  });

  test('shows the sample under the pointer, its name made harmless', () => {
    const text = drawn(pictureOf(group('Fold 1', 0))).tooltip.formatter({ seriesIndex: 2, dataIndex: 2 });
    expect(text).toContain('&lt;c&gt; · Fold 1');
    expect(text).toContain('error -2');
  });

  test('many folds share one look and one entry of the legend', () => {
    const groups = Array.from({ length: 12 }, (_, k) => group(`Fold ${k + 1}`, 0));
    const names = new Set(
      drawn(pictureOf(...groups))
        .series.slice(2)
        .map(({ name }) => name),
    );
    expect([...names]).toEqual(['Held out (12 folds)']);
  });

  test('the figures are those of the held-out samples, or of the fold that stands out', () => {
    const folds = [
      group('Fold 1', 0),
      group('Fold 2', 1, { measured: Float64Array.of(5, 6), predicted: Float64Array.of(5, 6) }),
    ];
    const test = group('Test', 0, { kind: 'test', predicted: Float64Array.of(9, 9, 9) });
    expect(pictureOf(...folds, test).caption).toMatch(/^RMSECV 1\.10 .* n = 5$/);
    expect(predictedPicture([...folds, test], { target: 'fat', unit: null, focus: 'Fold 2' }).caption).toMatch(
      /^RMSE of this fold 0.00 .* n = 2$/,
    );
    expect(pictureOf(test).caption).toMatch(/^RMSEP/);
  });

  test('ECharts draws it', () => {
    const chart = openSvgChart(640, 400, c);
    chart.setOption(
      predictedMeasuredOption(pictureOf(group('Fold 1', 0), group('Test', 0, { kind: 'test' })), SIZE, c),
    );
    const svg = chart.renderToSVGString();
    chart.dispose();
    expect(svg).toContain('Measured fat / %');
    expect(svg).toContain('Fold 1');
  });
});
