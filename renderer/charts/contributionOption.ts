import type { EChartsOption } from 'echarts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { shareInWords } from '#renderer/components/shareInWords.ts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface Contribution {
  readonly name: string;
  /** Of its branch. */
  readonly colour: string;
  /** 0 … 1. */
  readonly share: number;
  readonly weight: number | null;
}

/** Longer names are cut in the plot's left margin. */
const WIDEST_LABEL = 150;
const CHARACTER = 7.5;

/** What each base model contributes, in the order given, as bars in per cent. */
export function contributionOption(bars: readonly Contribution[], c: ChartTokens): EChartsOption {
  const labelWidth = Math.min(WIDEST_LABEL, Math.max(...bars.map(({ name }) => name.length)) * CHARACTER);
  return {
    grid: { left: labelWidth + 18, right: 64, top: 8, bottom: 40 },
    tooltip: { show: false },
    xAxis: {
      type: 'value',
      name: t('results.meta.axis'),
      nameGap: 26,
      min: 0,
      max: 100,
      axisLabel: { formatter: (value: number) => formatNumber(value, { decimals: 0 }) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { width: labelWidth, overflow: 'truncate', interval: 0, color: c.text },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        data: bars.map(({ share, colour }) => ({
          value: 100 * share,
          itemStyle: { color: colour, opacity: 1, borderRadius: [0, 2, 2, 0] },
        })),
        label: {
          show: true,
          position: 'right',
          color: c.text,
          formatter: ({ dataIndex }) => shareInWords(bars[dataIndex]?.share ?? 0),
        },
        animation: false,
      },
    ],
  };
}

export const contributionTable = (bars: readonly Contribution[]): PlotTable => ({
  columns: [t('results.meta.model'), t('results.meta.axis'), t('results.meta.weight')],
  rows: bars.map(({ name, share, weight }) => [name, 100 * share, weight]),
});
