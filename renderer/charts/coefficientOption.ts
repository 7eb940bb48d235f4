import type { EChartsOption } from 'echarts';
import type { Coefficients } from '#core/contract/results.ts';
import { lineEntry } from '#renderer/charts/legendLayout.ts';
import { formatAxisValue, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface CoefficientPicture {
  readonly coefficients: Coefficients;
  readonly xName: string;
  /** "Coefficient / (% per AU)". */
  readonly coefName: string;
  readonly meanName: string;
}

/** The regression vector over the mean spectrum that reaches the model, each on its own axis. */
export function coefficientOption(
  { coefficients, xName, coefName, meanName }: CoefficientPicture,
  c: ChartTokens,
): EChartsOption {
  const { axis, coef, meanSpectrum } = coefficients;
  const [first, last] = [axis[0] ?? 0, axis.at(-1) ?? 1];
  const points = (values: Float64Array): number[][] => Array.from(axis, (x, k) => [x, values[k] ?? Number.NaN]);
  const largest = coef.reduce((top, value) => Math.max(top, Math.abs(value)), 0) || 1;
  return {
    grid: { left: 74, right: 70, top: 36, bottom: 46 },
    legend: {
      left: 68,
      top: 6,
      padding: 0,
      data: [t('results.coefficients.vector'), t('results.coefficients.mean')].map(lineEntry),
    },
    tooltip: { trigger: 'axis', valueFormatter: (value) => formatNumber(typeof value === 'number' ? value : null) },
    xAxis: {
      type: 'value',
      min: Math.min(first, last),
      max: Math.max(first, last),
      inverse: first > last,
      name: xName,
      nameGap: 28,
      axisLine: { onZero: false },
      splitLine: { show: false },
      axisLabel: { formatter: (value: number) => formatAxisValue(value), hideOverlap: true },
    },
    yAxis: [
      {
        type: 'value',
        name: coefName,
        nameGap: 54,
        min: -largest * 1.08,
        max: largest * 1.08,
        axisLabel: {
          formatter: (value: number) => formatNumber(value, { digits: 2 }),
          showMinLabel: false,
          showMaxLabel: false,
        },
      },
      { type: 'value', name: meanName, nameGap: 48, nameRotate: 270, scale: true, splitLine: { show: false } },
    ],
    series: [
      {
        type: 'line',
        name: t('results.coefficients.mean'),
        yAxisIndex: 1,
        symbol: 'none',
        data: points(meanSpectrum),
        lineStyle: { color: c.muted, width: 1.25, opacity: 0.8, type: 'dashed' },
        itemStyle: { color: c.muted },
        z: 1,
      },
      {
        type: 'line',
        name: t('results.coefficients.vector'),
        symbol: 'none',
        data: points(coef),
        lineStyle: { color: c.primary, width: 1.75 },
        itemStyle: { color: c.primary },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: c.axis, type: 'solid', width: 1 },
          data: [{ yAxis: 0 }],
        },
        z: 3,
      },
    ],
  };
}
