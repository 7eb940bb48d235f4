import type { EChartsOption, LegendComponentOption, ScatterSeriesOption, SeriesOption } from 'echarts';
import { agreement } from '#renderer/charts/agreement.ts';
import { foldStyle } from '#renderer/charts/foldStyle.ts';
import { legendLayout, lineEntry } from '#renderer/charts/legendLayout.ts';
import { niceRange } from '#renderer/charts/niceRange.ts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

type Values = Float64Array | Float32Array;

/** Points that belong together: the held-out samples of a fold, the training or the test samples of the final model. */
export interface PredictedGroup {
  readonly name: string;
  readonly kind: 'fold' | 'train' | 'test';
  /** Colour and shape: number of the fold. */
  readonly index: number;
  readonly measured: Values;
  readonly predicted: Values;
  /** Sample names, in the order of the points; absent during a run. */
  readonly ids?: readonly string[];
}

export interface PredictedMeasuredPicture {
  readonly groups: readonly PredictedGroup[];
  readonly xName: string;
  readonly yName: string;
  /** Figures of merit in a line above the plot. */
  readonly caption: string;
  /** Least squares line of predicted on measured, over these groups together. */
  readonly line: { readonly slope: number; readonly intercept: number } | null;
  /** Name of the group that stands out; the others fade. */
  readonly focus: string | null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const LEFT = 64;
const RIGHT = 18;
const TOP = 30;
const BOTTOM = 44;
const LEGEND_WIDTH = 132;
/** Narrower, the legend goes below the plot. */
const NARROW = 500;

interface SquareLayout {
  readonly grid: { left: number; top: number; width: number; height: number };
  readonly legend: LegendComponentOption;
}

/** The plot area is square with equal axes, so that the 1:1 line lies at 45°; the legend takes what is left. */
export function squareLayout({ width, height }: Size, names: readonly string[]): SquareLayout {
  if (width >= NARROW) {
    const side = Math.max(40, Math.min(width - LEFT - LEGEND_WIDTH, height - TOP - BOTTOM));
    const grid = { left: LEFT, top: TOP, width: side, height: side };
    const left = LEFT + side + 14;
    return {
      grid,
      legend: { type: 'scroll', orient: 'vertical', left, top: TOP - 6, height: side, padding: 0, itemGap: 7 },
    };
  }
  const { legend, top: legendHeight } = legendLayout(names, width);
  const top = TOP + 14; // the caption may need a second line
  const side = Math.max(40, Math.min(width - LEFT - RIGHT, height - top - BOTTOM - legendHeight));
  return { grid: { left: LEFT, top, width: side, height: side }, legend: { ...legend, top: top + side + BOTTOM } };
}

/** Predicted against measured values: folds by colour and shape, training hollow, test filled, 1:1 and regression line. */
export function predictedMeasuredOption(picture: PredictedMeasuredPicture, size: Size, c: ChartTokens): EChartsOption {
  const { line, focus } = picture;
  // A fold that stands out needs a series of its own.
  const groups = focus === null ? drawnGroups(picture.groups) : picture.groups;
  const range = niceRange(groups.flatMap(({ measured, predicted }) => [...measured, ...predicted]));
  const axis = { ...range, type: 'value' as const, scale: true, splitNumber: 6, axisLabel: { hideOverlap: true } };
  const ends = [range.min, range.max];
  const lines: SeriesOption[] = [
    {
      type: 'line',
      name: t('results.plot.oneToOne'),
      silent: true,
      symbol: 'none',
      data: ends.map((x) => [x, x]),
      lineStyle: { color: c.muted, width: 1, type: 'dashed' },
      itemStyle: { color: c.muted },
      z: 1,
    },
    ...(line && Number.isFinite(line.slope) ? [regressionLine(line, range, c)] : []),
  ];
  const lineNames = lines.map(({ name }) => String(name));
  const groupNames = groups.map(({ name }) => name);
  const { grid, legend } = squareLayout(size, [...lineNames, ...groupNames]);
  const captionStyle = {
    fontSize: 11,
    fontWeight: 500 as const,
    color: c.muted,
    width: size.width - LEFT - 40,
    overflow: 'break' as const,
    lineHeight: 14,
  };
  return {
    grid,
    title: { text: picture.caption, left: LEFT - 4, top: 2, textStyle: captionStyle },
    legend: { ...legend, itemWidth: 14, data: [...lineNames.map(lineEntry), ...groupNames] },
    tooltip: { trigger: 'item', formatter: (params) => pointText(params, groups, lines.length) },
    xAxis: { ...axis, name: picture.xName, nameGap: 26 },
    yAxis: { ...axis, name: picture.yName, nameGap: 44 },
    series: [...lines, ...groups.map((group) => pointSeries(group, focus !== null && focus !== group.name, c))],
  };
}

function regressionLine(
  line: { slope: number; intercept: number },
  range: { min: number; max: number },
  c: ChartTokens,
): SeriesOption {
  const at = (x: number): number => line.intercept + line.slope * x;
  // Clipped to the square, or a flat line would widen nothing but a steep one would leave the axes.
  const inside = (y: number): boolean => y >= range.min && y <= range.max;
  const cuts = [range.min, range.max, ...[range.min, range.max].map((y) => (y - line.intercept) / line.slope)]
    .filter((x) => x >= range.min && x <= range.max && (inside(at(x)) || nearly(at(x), range)))
    .toSorted((a, b) => a - b);
  const ends = [cuts[0] ?? range.min, cuts.at(-1) ?? range.max];
  return {
    type: 'line',
    name: t('results.plot.regression'),
    silent: true,
    symbol: 'none',
    data: ends.map((x) => [x, at(x)]),
    lineStyle: { color: c.text, width: 1.25 },
    itemStyle: { color: c.text },
    z: 2,
  };
}

/** On the border up to rounding. */
const nearly = (y: number, { min, max }: { min: number; max: number }): boolean =>
  Math.min(Math.abs(y - min), Math.abs(y - max)) < 1e-9 * (max - min);

/**
 * What is drawn as one series. Folds that share one look are one: a hundred series of a dozen points each would take
 * longer to draw than a run takes to send the next.
 */
export function drawnGroups(groups: readonly PredictedGroup[]): readonly PredictedGroup[] {
  const folds = groups.filter(({ kind }) => kind === 'fold');
  const [first] = folds;
  if (!first || folds.length < 2 || folds.some(({ index }) => index !== first.index)) return groups;
  const together: PredictedGroup = {
    name: t('results.group.held', { n: folds.length }),
    kind: 'fold',
    index: first.index,
    measured: Float64Array.from(folds.flatMap(({ measured }) => [...measured])),
    predicted: Float64Array.from(folds.flatMap(({ predicted }) => [...predicted])),
    ids: folds.flatMap(({ ids, measured }) => ids ?? Array.from(measured, () => '')),
  };
  return [together, ...groups.filter(({ kind }) => kind !== 'fold')];
}

function pointSeries(group: PredictedGroup, isFaded: boolean, c: ChartTokens): ScatterSeriesOption {
  const many = group.measured.length > 1500;
  return {
    type: 'scatter',
    name: group.name,
    ...pointStyle(group, c),
    symbolSize: many ? 4 : group.kind === 'fold' ? 7 : 8,
    z: group.kind === 'train' ? 3 : 4,
    large: many,
    data: Array.from(group.measured, (y, k) => [y, group.predicted[k] ?? Number.NaN]),
    ...(isFaded ? { itemStyle: { ...pointStyle(group, c).itemStyle, opacity: 0.12 } } : {}),
  };
}

function pointStyle(
  { kind, index }: PredictedGroup,
  c: ChartTokens,
): Pick<ScatterSeriesOption, 'symbol' | 'itemStyle'> {
  if (kind === 'train')
    return { symbol: 'circle', itemStyle: { color: 'transparent', borderColor: c.muted, borderWidth: 1.25 } };
  if (kind === 'test')
    return { symbol: 'diamond', itemStyle: { color: c.accent, borderColor: c.background, borderWidth: 0.75 } };
  const { color, symbol } = foldStyle(c.mode, index);
  return { symbol, itemStyle: { color, opacity: 0.85, borderColor: c.background, borderWidth: 0.5 } };
}

/** The text of a tooltip; the points follow `before` other series. */
export function pointText(params: unknown, groups: readonly PredictedGroup[], before: number): string {
  const { seriesIndex, dataIndex } = params as { seriesIndex: number; dataIndex: number }; // what ECharts passes for an item
  const group = groups[seriesIndex - before];
  const measured = group?.measured[dataIndex];
  const predicted = group?.predicted[dataIndex];
  if (!group || measured === undefined || predicted === undefined) return '';
  const values = {
    measured: formatNumber(measured),
    predicted: formatNumber(predicted),
    residual: formatNumber(predicted - measured, { digits: 3, sign: true }),
  };
  const title = [group.ids?.[dataIndex], group.name]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => escapeHtml(String(part)))
    .join(' · ');
  return `<b>${title}</b><br>${t('results.plot.point', values)}`;
}

/** Sample names come from files; ECharts shows tooltips as HTML. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The line and the figures over all points of some groups together. */
export const agreementOf = (groups: readonly PredictedGroup[]): ReturnType<typeof agreement> =>
  agreement(
    Float64Array.from(groups.flatMap(({ measured }) => [...measured])),
    Float64Array.from(groups.flatMap(({ predicted }) => [...predicted])),
  );
