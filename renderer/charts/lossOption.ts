import type { EChartsOption, SeriesOption } from 'echarts';
import { foldStyle } from '#renderer/charts/foldStyle.ts';
import { legendLayout, lineEntry } from '#renderer/charts/legendLayout.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface LossCurve {
  /** Of the fold, or "Refit". */
  readonly name: string;
  /** Which colour: the number of the fold; null for the refit. */
  readonly fold: number | null;
  readonly points: readonly { readonly epoch: number; readonly loss: number; readonly validation: number | null }[];
}

export interface LossPicture {
  readonly curves: readonly LossCurve[];
  /** At most so many. */
  readonly epochs: number;
}

/** Loss of every fold against the epoch on a logarithmic scale: training a full line, its validation part dashed. */
export function lossOption({ curves, epochs }: LossPicture, width: number, c: ChartTokens): EChartsOption {
  const names = curves.map(({ name }) => name);
  const { legend, top } = legendLayout(names, width);
  const reached = Math.max(1, ...curves.map(({ points }) => points.at(-1)?.epoch ?? 1));
  const series = curves.flatMap((curve): SeriesOption[] => {
    const color = curve.fold === null ? c.text : foldStyle(c.mode, curve.fold).color;
    const line = (of: 'loss' | 'validation', dash: boolean): SeriesOption => ({
      type: 'line',
      name: curve.name,
      // One epoch alone is no line.
      symbol: 'circle',
      symbolSize: 4,
      showSymbol: curve.points.length < FEW_POINTS,
      // A logarithm has no zero.
      data: curve.points.flatMap((point) => {
        const value = point[of];
        return value !== null && value > 0 && Number.isFinite(value) ? [[point.epoch, value]] : [];
      }),
      lineStyle: { color, width: curve.fold === null ? 2.25 : 1.5, type: dash ? [5, 4] : 'solid' },
      itemStyle: { color },
      z: curve.fold === null ? 4 : 3,
    });
    const hasValidation = curve.points.some(({ validation }) => validation !== null);
    return [line('loss', false), ...(hasValidation ? [line('validation', true)] : [])];
  });
  return {
    grid: { left: 64, right: 20, top, bottom: 44 },
    legend: { ...legend, data: names.map(lineEntry) },
    tooltip: { trigger: 'axis', valueFormatter: (value) => formatScore(typeof value === 'number' ? value : null) },
    xAxis: {
      type: 'value',
      name: t('runs.loss.axis'),
      nameGap: 26,
      min: 1,
      // The end of a training that stops early is not known: the axis grows with it.
      max: Math.max(2, Math.min(epochs, Math.ceil(reached * 1.05))),
      minInterval: 1,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'log',
      name: t('runs.loss.yAxis'),
      nameGap: 46,
      axisLabel: { hideOverlap: true, formatter: (value: number) => formatNumber(value) },
      ...extentOf(curves),
    },
    series,
  };
}

/** More points than this are seen as a line. */
const FEW_POINTS = 12;

/** Down to the lowest loss, not to the next power of ten; one digit, so that the ends of the axis are round. */
function extentOf(curves: readonly LossCurve[]): { min?: number; max?: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const { points } of curves)
    for (const { loss, validation } of points)
      for (const value of [loss, validation ?? loss])
        if (value > 0 && Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low <= high ? { min: oneDigit(low, Math.floor), max: oneDigit(high, Math.ceil) } : {};
}

function oneDigit(value: number, round: (mantissa: number) => number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return round(value / unit) * unit;
}

/** One row an epoch, a pair of columns a curve. */
export function lossTable({ curves }: LossPicture): PlotTable {
  const epochs = [...new Set(curves.flatMap(({ points }) => points.map(({ epoch }) => epoch)))].toSorted(
    (a, b) => a - b,
  );
  const byEpoch = curves.map(({ points }) => new Map(points.map((point) => [point.epoch, point])));
  return {
    columns: [
      t('runs.loss.axis'),
      ...curves.flatMap(({ name }) => [t('runs.loss.training', { name }), t('runs.loss.validation', { name })]),
    ],
    rows: epochs.map((epoch) => [
      epoch,
      ...byEpoch.flatMap((known) => [known.get(epoch)?.loss ?? null, known.get(epoch)?.validation ?? null]),
    ]),
  };
}
