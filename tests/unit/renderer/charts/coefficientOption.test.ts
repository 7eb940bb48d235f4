import { expect, test } from 'vitest';
import { coefficientOption } from '#renderer/charts/coefficientOption.ts';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import { chartTokens } from '#renderer/theme/chartTokens.ts';

const c = chartTokens('light');
const option = (axis: number[]) =>
  coefficientOption(
    {
      coefficients: {
        axis: Float64Array.from(axis),
        unit: 'cm-1',
        coef: Float64Array.of(-2, 1),
        intercept: 3,
        meanSpectrum: Float64Array.of(0.5, 0.6),
      },
      xName: 'Wavenumber / cm⁻¹',
      coefName: 'Coefficient / (% per unit of signal)',
      meanName: 'Mean',
    },
    c,
  ) as unknown as { xAxis: { min: number; max: number; inverse: boolean }; yAxis: { min: number; max: number }[] };

test('keeps the direction of the axis', () => {
  expect(option([9000, 4000]).xAxis).toMatchObject({ min: 4000, max: 9000, inverse: true });
  expect(option([850, 1050]).xAxis.inverse).toBe(false);
});

test('has the zero of the coefficients in the middle', () => {
  const [axis] = option([1, 2]).yAxis;
  expect(axis.min).toBe(-axis.max);
  expect(axis.max).toBeGreaterThan(2);
});

test('ECharts draws it', () => {
  const chart = openSvgChart(500, 300, c);
  chart.setOption(option([1, 2]));
  expect(chart.renderToSVGString()).toContain('Wavenumber');
  chart.dispose();
});
