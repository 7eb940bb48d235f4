import { expect, test } from 'vitest';
import { contributionOption, contributionTable } from '#renderer/charts/contributionOption.ts';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('dark');
const bars = [
  { name: 'A · PLS', colour: '#8A98ED', share: 0.982, weight: 0.9 },
  { name: 'B · PLS', colour: '#D48A70', share: 0.018, weight: null },
];

test('bars stand in the order given, in per cent, each with its number', () => {
  const chart = openSvgChart(500, 120, c);
  chart.setOption(contributionOption(bars, c));
  const svg = chart.renderToSVGString();
  chart.dispose();
  expect(svg).toContain('98%');
  expect(svg).toContain('1.8%');
  expect(svg.indexOf('A · PLS')).toBeLessThan(svg.indexOf('B · PLS'));
});

test('the table has what the bars and weights say', () => {
  expect(contributionTable(bars).rows).toEqual([
    ['A · PLS', expect.closeTo(98.2, 9), 0.9],
    ['B · PLS', expect.closeTo(1.8, 9), null],
  ]);
});
