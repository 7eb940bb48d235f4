import type { EChartsOption } from 'echarts';
import { escapeHtml } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { formatCount, formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';
import { parseHex } from '#renderer/theme/palette.ts';
import type { Rgb } from '#renderer/theme/palette.ts';

export interface ConfusionPicture {
  /** Measured classes, top to bottom. */
  readonly classes: readonly string[];
  /** Predicted classes, left to right; one more than the classes where a model may say "none". */
  readonly columns: readonly string[];
  /** Row-major: samples of a measured class by predicted class. */
  readonly counts: readonly (readonly number[])[];
}

/** Cells smaller than this hold the count alone, and below the second not even that. */
const ROOM_FOR_SHARE = { width: 52, height: 34 };
const ROOM_FOR_COUNT = { width: 22, height: 15 };
const LABEL_WIDTH = 110;

/**
 * Samples by measured and predicted class, shaded by their share of the row in steps of one hue (so that it reads
 * without colour vision), with the count and the share as text; what was recognised has a frame.
 */
export function confusionOption(
  { classes, columns, counts }: ConfusionPicture,
  { width, height }: PlotSize,
  c: ChartTokens,
): EChartsOption {
  const left = LABEL_WIDTH + 34;
  const cell = {
    width: (width - left - 24) / Math.max(1, columns.length),
    height: (height - 30 - 62) / Math.max(1, classes.length),
  };
  const fits = (room: typeof cell): boolean => cell.width >= room.width && cell.height >= room.height;
  const [from, to] = [parseHex(c.background), parseHex(c.primary)];
  const cells = classes.flatMap((_, row) => {
    const total = sum(counts[row] ?? []);
    return columns.map((__, column) => {
      const count = counts[row]?.[column] ?? 0;
      const share = total > 0 ? count / total : 0;
      return {
        value: [column, row, share, count],
        label: { color: readable(mix(from, to, inkOf(share)), c) },
        itemStyle: {
          borderColor: row === column ? c.text : c.grid,
          borderWidth: row === column ? 1.5 : 0.5,
        },
      };
    });
  });
  // Frames last: the next cell would draw its edge over them.
  const isFramed = ({ value }: (typeof cells)[number]): boolean => value[0] === value[1];
  const data = [...cells.filter((one) => !isFramed(one)), ...cells.filter(isFramed)];
  const textOf = (value: unknown): string => {
    const [, , share, count] = numbers(value);
    if (count === undefined || share === undefined || !fits(ROOM_FOR_COUNT)) return '';
    return fits(ROOM_FOR_SHARE) ? `${formatCount(count)}\n${formatPercent(share)}` : formatCount(count);
  };
  const axis = { type: 'category' as const, axisTick: { show: false }, axisLine: { show: false } };
  return {
    grid: { left, right: 24, top: 30, bottom: 62 },
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const { value } = Array.isArray(params) ? (params[0] ?? { value: [] }) : params;
        const [column, row, share, count] = numbers(value);
        return t('results.confusion.cell', {
          measured: escapeHtml(classes[row ?? 0] ?? ''),
          predicted: escapeHtml(columns[column ?? 0] ?? ''),
          n: count ?? 0,
          share: formatPercent(share ?? 0),
        });
      },
    },
    // Heat maps are coloured by a visual map only.
    visualMap: {
      show: false,
      min: 0,
      max: 1,
      dimension: 2,
      inRange: { color: [0, 0.25, 0.5, 0.75, 1].map((share) => css(mix(from, to, inkOf(share)))) },
    },
    xAxis: {
      ...axis,
      data: [...columns],
      name: t('results.confusion.predicted'),
      nameGap: 38,
      axisLabel: { interval: 0, width: Math.max(24, cell.width - 4), overflow: 'truncate', hideOverlap: true },
    },
    yAxis: {
      ...axis,
      data: [...classes],
      inverse: true,
      name: t('results.confusion.measured'),
      nameGap: LABEL_WIDTH + 12,
      axisLabel: { interval: 0, width: LABEL_WIDTH, overflow: 'truncate', hideOverlap: true },
    },
    series: [
      {
        type: 'heatmap',
        data,
        label: { show: true, fontSize: 12, lineHeight: 15, formatter: ({ value }) => textOf(value) },
      },
    ],
  };
}

/** The counts, with the recall of each class, as CSV and "View data" show them. */
export function confusionTable({ classes, columns, counts }: ConfusionPicture): PlotTable {
  return {
    columns: [
      t('results.confusion.measured'),
      ...columns.map((name) => t('results.confusion.asClass', { name })),
      t('results.confusion.n'),
      t('results.confusion.recall'),
    ],
    rows: classes.map((name, row) => {
      const line = columns.map((_, column) => counts[row]?.[column] ?? 0);
      const total = sum(line);
      return [name, ...line, total, total > 0 ? (line[row] ?? 0) / total : null];
    }),
  };
}

/** Nothing stays bare, so that one sample of a hundred is seen; the darkest cell still lets its text be read. */
const inkOf = (share: number): number => (share === 0 ? 0 : 0.08 + 0.82 * share);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
  a[2] + share * (b[2] - a[2]),
];
const css = (colour: Rgb): string => `rgb(${colour.map(Math.round).join(',')})`;
const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

/** Text or background colour of the theme, whichever stands out more. */
function readable(ground: Rgb, c: ChartTokens): string {
  const contrast = (hex: string): number => {
    const [a, b] = [luminance(parseHex(hex)), luminance(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  return contrast(c.text) >= contrast(c.background) ? c.text : c.background;
}

/** Relative luminance (WCAG 2). */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}
