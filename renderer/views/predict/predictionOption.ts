import type { EChartsOption, SeriesOption } from 'echarts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';
import type { PredictionRow } from '#renderer/views/predict/predictionRows.ts';

interface PredictionPicture {
  readonly rows: readonly PredictionRow[];
  readonly target: string;
  readonly unit: string | null;
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** Above so many points the fast renderer draws them. */
const MANY = 3000;

/** Predicted against measured where there is something to compare with, otherwise the predictions in sample order. */
export function predictionOption(picture: PredictionPicture, c: ChartTokens): EChartsOption {
  const compared = picture.rows.filter(
    ({ measured, predicted }) => Number.isFinite(measured) && Number.isFinite(predicted),
  );
  return compared.length > 0 ? comparison(compared, picture, c) : sequence(picture, c);
}

function comparison(
  rows: readonly PredictionRow[],
  { target, unit }: PredictionPicture,
  c: ChartTokens,
): EChartsOption {
  const all = rows.flatMap(({ measured, predicted }) => [measured, predicted]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const air = 0.05 * (high - low || 1);
  const axis = {
    type: 'value' as const,
    min: low - air,
    max: high + air,
    axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: short },
  };
  return {
    grid: GRID,
    legend: {
      ...LEGEND,
      data: [...legendOf(rows), { name: t('charts.predicted.oneToOne'), itemStyle: { opacity: 0 } }],
    },
    tooltip: { trigger: 'item', formatter: pointText },
    xAxis: { ...axis, name: withUnit(t('charts.predicted.measured'), target, unit), nameGap: 28 },
    yAxis: { ...axis, name: withUnit(t('charts.predicted.predicted'), target, unit), nameGap: 44 },
    series: [
      ...points(rows, ({ measured, predicted }) => [measured, predicted], c),
      {
        name: t('charts.predicted.oneToOne'),
        type: 'line',
        silent: true,
        symbol: 'none',
        color: c.muted,
        lineStyle: { width: 1, type: 'dashed', color: c.muted },
        data: [
          [low - air, low - air],
          [high + air, high + air],
        ],
      },
    ],
  };
}

function sequence({ rows, target, unit, range }: PredictionPicture, c: ChartTokens): EChartsOption {
  const order = new Map(rows.map((row, k) => [row, k + 1]));
  const series = points(rows, (row) => [order.get(row) ?? 0, row.predicted], c);
  const band: SeriesOption = {
    name: t('charts.predicted.range'),
    type: 'line',
    silent: true,
    symbol: 'none',
    color: c.success,
    data: [],
    ...(range
      ? {
          markArea: {
            silent: true,
            itemStyle: { color: c.success, opacity: 0.1 },
            data: [[{ yAxis: range.low }, { yAxis: range.high }]],
          },
        }
      : {}),
  };
  const values = rows.map(({ predicted }) => predicted).filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...values, range?.low ?? Infinity), Math.max(...values, range?.high ?? -Infinity)];
  const air = 0.06 * (high - low || 1);
  return {
    grid: GRID,
    // Nothing is inside or outside of a range that nobody knows.
    legend: { ...LEGEND, show: range !== null },
    tooltip: { trigger: 'item', formatter: pointText },
    xAxis: {
      type: 'value',
      name: t('charts.predicted.sample'),
      nameGap: 28,
      min: 0,
      max: rows.length + 1,
      minInterval: 1,
      splitLine: { show: false },
      axisLabel: { showMinLabel: false, showMaxLabel: false },
    },
    yAxis: {
      type: 'value',
      name: withUnit(t('charts.predicted.predicted'), target, unit),
      nameGap: 44,
      min: low - air,
      max: high + air,
      axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: short },
    },
    series: [...(range ? [band] : []), ...series],
  };
}

/** Inside and outside the calibration range differ in colour and shape. */
function points(
  rows: readonly PredictionRow[],
  at: (row: PredictionRow) => [number, number],
  c: ChartTokens,
): SeriesOption[] {
  const outside = rows.filter(isOutside);
  const inside = rows.filter(({ status }) => status === 'ok' || status === 'unknown');
  const series = (name: string, some: readonly PredictionRow[], color: string, symbol: string): SeriesOption => ({
    name,
    type: 'scatter',
    color,
    symbol,
    symbolSize: some.length > MANY ? 3 : 7,
    large: some.length > MANY,
    itemStyle: { opacity: 0.8 },
    data: some.map((row) => ({ name: row.id, value: at(row) })),
  });
  return [
    series(t('charts.predicted.inside'), inside, c.primary, 'circle'),
    ...(outside.length > 0 ? [series(t('charts.predicted.outside'), outside, c.accent, 'triangle')] : []),
  ];
}

const legendOf = (rows: readonly PredictionRow[]): { name: string }[] => [
  { name: t('charts.predicted.inside') },
  ...(rows.some(isOutside) ? [{ name: t('charts.predicted.outside') }] : []),
];
/** Room for two rows of legend, since the panes can be made narrow, and for the plot's menu beside them. */
const GRID = { left: 62, right: 20, top: 60, bottom: 46 };
const LEGEND = { top: 7, left: 58, right: 46, padding: 0 };

const isOutside = ({ status }: PredictionRow): boolean => status === 'high' || status === 'low';

const short = (value: number): string => formatNumber(value, { digits: 4 });
const withUnit = (what: string, target: string, unit: string | null): string =>
  `${what} ${target}${unit ? ` / ${unit}` : ''}`;

function pointText(item: unknown): string {
  const { name, value } = item as { name: string; value: [number, number] }; // a point of the series above
  return `<b>${escaped(name)}</b><br>${formatNumber(value[0], { digits: 5 })} → ${formatNumber(value[1], { digits: 5 })}`;
}

/** Sample names come from files; in a tooltip they are text, not markup. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
