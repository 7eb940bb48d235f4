import { expect, test } from 'vitest';
import { nameOf, probabilityOption, probabilityTable } from '#renderer/charts/probabilityOption.ts';
import type { ProbabilityPicture } from '#renderer/charts/probabilityOption.ts';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('light');
const picture: ProbabilityPicture = {
  ids: ['a', '<b>', 'c', 'd'],
  classes: ['red', 'green'],
  measured: Float64Array.of(1, 0, 0, 1),
  predicted: Float64Array.of(1, 0, 1, -1),
  probabilities: Float64Array.of(0.1, 0.9, 0.8, 0.2, 0.3, 0.7, 0.5, 0.5),
};
interface Drawn {
  readonly series: readonly { readonly symbol: string; readonly data: number[][] }[];
  readonly tooltip: { formatter(params: unknown): string };
}
const drawn = () => probabilityOption(picture, 600, c) as unknown as Drawn;

test('orders samples by class and certainty, and tells wrong ones by shape', () => {
  const [guess, right, wrong] = drawn().series;
  expect(guess.data.map(([, y]) => y)).toEqual([0.5, 0.5]);
  // c (red, 0.3, wrong), <b> (red, 0.8), d (green, 0.5, none of them), a (green, 0.9)
  expect(right.data).toEqual([
    [2, 0.8, 1],
    [4, 0.9, 0],
  ]);
  expect(wrong.data).toEqual([
    [1, 0.3, 2],
    [3, 0.5, 3],
  ]);
  expect(right.symbol).not.toBe(wrong.symbol);
});

test('names the sample, both classes and every probability', () => {
  const text = drawn().tooltip.formatter({ value: [2, 0.8, 1] });
  expect(text).toBe('&lt;b&gt;<br>measured red, predicted red<br>red 0.800<br>green 0.200');
});

test('exports every probability at full precision', () => {
  expect(probabilityTable(picture).rows[3]).toEqual(['d', 'green', 'none of them', 0.5, 0.5]);
  expect(nameOf(['x'], undefined)).toBe('none of them');
});

test('can be drawn', () => {
  const chart = openSvgChart(600, 300, c);
  chart.setOption(probabilityOption(picture, 600, c));
  expect(chart.renderToSVGString()).toContain('Misclassified');
  chart.dispose();
});
