import type { EChartsOption } from 'echarts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface Histogram {
  /** Bin edges, one more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Bins of equal width; their number by the Freedman–Diaconis rule, between 5 and 40. */
export function histogram(values: readonly number[]): Histogram {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  const n = sorted.length;
  const [low, high] = [sorted[0], sorted[n - 1]];
  if (low === undefined || high === undefined) return { edges: [], counts: [] };
  if (low === high) return { edges: [low - 0.5, low + 0.5], counts: [n] };
  const iqr = (sorted[Math.floor(0.75 * (n - 1))] ?? high) - (sorted[Math.floor(0.25 * (n - 1))] ?? low);
  const width = iqr > 0 ? (2 * iqr) / Math.cbrt(n) : (high - low) / 10;
  const bins = Math.min(Math.max(Math.ceil((high - low) / width), 5), 40);
  const edges = Array.from({ length: bins + 1 }, (_, k) => low + (k * (high - low)) / bins);
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const k = Math.min(Math.floor(((value - low) / (high - low)) * bins), bins - 1);
    counts[k] = (counts[k] ?? 0) + 1;
  }
  return { edges, counts };
}

/** Bars that touch, on a true axis; the mean as a line. */
export function histogramOption(
  { edges, counts }: Histogram,
  axisName: string,
  mean: number | null,
  c: ChartTokens,
): EChartsOption {
  const bars = counts.map((count, k) => [edges[k] ?? 0, edges[k + 1] ?? 0, count]);
  return {
    grid: { left: 48, right: 16, top: 30, bottom: 42 },
    tooltip: { trigger: 'item' },
    xAxis: {
      type: 'value',
      name: axisName,
      nameGap: 26,
      min: edges[0] ?? 0,
      max: edges.at(-1) ?? 1,
      splitLine: { show: false },
      axisLabel: {
        formatter: (value: number) => formatNumber(value, { digits: 3 }),
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: { type: 'value', name: t('charts.histogram.count'), nameGap: 32, minInterval: 1 },
    series: [
      {
        type: 'custom',
        color: c.primary,
        encode: { x: [0, 1], y: 2 },
        data: bars,
        tooltip: { formatter: (item) => tooltipText(item) },
        renderItem: (_, api) => {
          const [x1, y] = api.coord([api.value(0), api.value(2)]) as [number, number];
          const [x2, zero] = api.coord([api.value(1), 0]) as [number, number];
          return {
            type: 'rect',
            shape: { x: x1 + 0.5, y, width: Math.max(x2 - x1 - 1, 1), height: zero - y },
            style: { fill: c.primary, opacity: 0.85 },
          };
        },
        ...(mean === null
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                label: { show: false },
                lineStyle: { color: c.accent, width: 1.5, type: 'solid' },
                data: [{ xAxis: mean }],
              },
            }),
      },
    ],
  };
}

function tooltipText(item: unknown): string {
  const [from, to, count] = (item as { value: number[] }).value; // the bars above
  return `${formatNumber(from)} – ${formatNumber(to)}: <b>${count ?? 0}</b>`;
}
