import type { EChartsOption, SeriesOption } from 'echarts';
import { legendLayout, lineEntry } from '#renderer/charts/legendLayout.ts';
import { rmsecvErrorBars } from '#renderer/charts/rmsecvErrorBars.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';
import { categoryStyle } from '#renderer/theme/palette.ts';

type Figures = readonly (number | null)[] | Float64Array;

export interface RmsecvCurve {
  readonly name: string;
  /** Component counts (or values of another swept setting), ascending. */
  readonly values: readonly number[];
  /** Pooled RMSECV at each; null or NaN where there is none. */
  readonly rmsecv: Figures;
}

export interface RmsecvMark {
  readonly x: number;
  readonly y: number;
}

export interface RmsecvPicture {
  /** The first stands out; the rest are thin and grey behind it. At most eight are drawn. */
  readonly curves: readonly RmsecvCurve[];
  /** Error on the training parts of the folds, of the first curve. */
  readonly training: Figures | null;
  /** Standard error over the folds, of the first curve. */
  readonly standardError: Figures | null;
  /** The RMSE of every single fold: `[value, rmse]` pairs, of the first curve. */
  readonly foldPoints: readonly (readonly [number, number])[];
  readonly minimum: RmsecvMark | null;
  readonly oneStandardError: RmsecvMark | null;
  readonly xName: string;
  readonly yName: string;
  /** Scores of classifiers: the best is the highest. Default: errors, from zero. */
  readonly higherIsBetter?: boolean;
}

/** A chart with more lines than this says less, and slows down. */
const MOST_CURVES = 8;

/** RMSECV against the number of components: the curve, its spread, the training error, the two usual choices. */
export function rmsecvOption(picture: RmsecvPicture, width: number, c: ChartTokens): EChartsOption {
  const curves = picture.curves.slice(0, MOST_CURVES);
  const [main, ...others] = curves;
  const series: SeriesOption[] = [
    ...(others.length > 0 ? [legendEntry(c)] : []),
    ...others.map((curve) => otherLine(curve, c)),
    ...(main ? ofMainCurve(main, picture, c) : []),
    ...(picture.minimum ? [mark(bestName(picture), picture.minimum, 'circle', c)] : []),
    ...(picture.oneStandardError ? [mark(t('results.components.oneSe'), picture.oneStandardError, 'diamond', c)] : []),
  ];
  const names = legendNames(series, main, bestName(picture));
  const { legend, top } = legendLayout(names, width);
  const withoutPoints = [t('results.components.training'), t('results.components.others')];
  return {
    grid: { left: 64, right: 20, top, bottom: 44 },
    legend: { ...legend, data: names.map((name) => (withoutPoints.includes(name) ? lineEntry(name) : { name })) },
    tooltip: { trigger: 'axis', valueFormatter: (value) => formatScore(typeof value === 'number' ? value : null) },
    xAxis: {
      type: 'value',
      name: picture.xName,
      nameGap: 26,
      min: 'dataMin',
      max: 'dataMax',
      minInterval: isWhole(main?.values ?? []) ? 1 : 0,
      boundaryGap: ['2%', '2%'],
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      name: picture.yName,
      nameGap: 44,
      // Errors from zero: a curve cut off at its lowest point makes noise look like a minimum.
      ...(picture.higherIsBetter === true ? { scale: true } : { min: 0 }),
      axisLabel: { hideOverlap: true },
    },
    series,
  };
}

function ofMainCurve(main: RmsecvCurve, picture: RmsecvPicture, c: ChartTokens): SeriesOption[] {
  const { color } = categoryStyle(c.mode, 0);
  const series: SeriesOption[] = [];
  if (picture.foldPoints.length > 0)
    series.push({
      type: 'scatter',
      name: t('results.components.folds'),
      data: picture.foldPoints.map((point) => [...point]),
      symbolSize: 4,
      itemStyle: { color: c.muted, opacity: 0.55 },
      silent: true,
      tooltip: { show: false },
      z: 2,
    });
  if (picture.training)
    series.push({
      type: 'line',
      name: t('results.components.training'),
      symbol: 'none',
      data: pairs(main.values, picture.training),
      lineStyle: { color: c.muted, width: 1.25, type: 'dashed' },
      itemStyle: { color: c.muted },
      z: 3,
    });
  if (picture.standardError) series.push(rmsecvErrorBars(main, picture.standardError, color));
  series.push(mainLine(main, color));
  return series;
}

const mainLine = (curve: RmsecvCurve, color: string): SeriesOption => ({
  type: 'line',
  name: curve.name,
  data: pairs(curve.values, curve.rmsecv),
  symbol: 'circle',
  symbolSize: 5,
  showAllSymbol: curve.values.length <= 40,
  lineStyle: { color, width: 2.25 },
  itemStyle: { color },
  z: 5,
});

const otherLine = (curve: RmsecvCurve, c: ChartTokens): SeriesOption => ({
  type: 'line',
  name: curve.name,
  data: pairs(curve.values, curve.rmsecv),
  symbol: 'none',
  lineStyle: { color: c.axis, width: 1, opacity: 0.6 },
  itemStyle: { color: c.axis },
  z: 2,
});

/** One entry of the legend for all grey lines; the tooltip names each. */
const legendEntry = (c: ChartTokens): SeriesOption => ({
  type: 'line',
  name: t('results.components.others'),
  data: [],
  symbol: 'none',
  lineStyle: { color: c.axis, width: 1 },
  itemStyle: { color: c.axis },
});

const bestName = ({ higherIsBetter }: RmsecvPicture): string =>
  t(higherIsBetter === true ? 'results.components.best' : 'results.components.minimum');

/** What the picture is about first; the grey lines as one. */
function legendNames(series: readonly SeriesOption[], main: RmsecvCurve | undefined, best: string): string[] {
  const present = series.map(({ name }) => String(name));
  const order = [
    ...(main ? [main.name] : []),
    best,
    t('results.components.oneSe'),
    t('results.components.training'),
    t('results.components.folds'),
    t('results.components.others'),
  ];
  return order.filter((name) => present.includes(name));
}

const mark = (name: string, { x, y }: RmsecvMark, symbol: 'circle' | 'diamond', c: ChartTokens): SeriesOption => ({
  type: 'scatter',
  name,
  data: [[x, y]],
  symbol,
  symbolSize: symbol === 'circle' ? 12 : 15,
  itemStyle:
    symbol === 'circle'
      ? { color: c.accent, borderColor: c.background, borderWidth: 1.5, opacity: 1 }
      : { color: c.background, borderColor: c.accent, borderWidth: 2, opacity: 1 },
  tooltip: { show: false },
  silent: true,
  z: 7,
});

/** Points in the order of x: a sweep may be written in any order. */
const pairs = (values: readonly number[], figures: Figures): number[][] =>
  values
    .flatMap((x, k): [number, number][] => {
      const y = figures[k];
      return y === null || y === undefined || !Number.isFinite(y) ? [] : [[x, y]];
    })
    .toSorted(([a], [b]) => a - b);

const isWhole = (values: readonly number[]): boolean => values.every((value) => Number.isInteger(value));
