import type { EChartsOption, LinesSeriesOption } from 'echarts';
import type { PipelinePreview, PreviewSide } from '#core/contract/pipelines.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { nearestChannel } from '#renderer/builder/nearestChannel.ts';
import { axisUnitLabel, formatAxisValue, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';
import { rampColour } from '#renderer/theme/palette.ts';

export type PreviewMode = 'before' | 'both' | 'after';

/** The part of the x axis that is shown, in axis units; null is all of it. */
export type Zoom = readonly [number, number] | null;

export interface PreviewPicture {
  readonly preview: PipelinePreview;
  readonly mode: PreviewMode;
  /** A value per row that colours its line (NaN where unknown), or null for one colour. */
  readonly colour: Float64Array | null;
  readonly zoom: Zoom;
  readonly tokens: ChartTokens;
}

/** Which sides are drawn, from the top. */
export const sidesOf = (mode: PreviewMode): readonly ('before' | 'after')[] =>
  mode === 'both' ? ['before', 'after'] : [mode];

/**
 * Spectra before and after a step, one above the other on the same x axis; both zoom together. Each side is one series
 * of polylines, whatever the number of spectra, and one more for the spectrum under the pointer.
 */
export function previewOption({ preview, mode, colour, zoom, tokens }: PreviewPicture): EChartsOption {
  const sides = sidesOf(mode);
  const colours = lineColours(colour, preview.rows.length, tokens);
  const [from, to] = axisRange(sides.map((side) => preview[side]));
  return {
    grid: sides.map((_, k) => gridAt(k, sides.length)),
    title: sides.map((side, k) => ({
      text: t(side === 'before' ? 'builder.preview.before' : 'builder.preview.after'),
      left: GRID_LEFT,
      top: sides.length === 1 ? 6 : k === 0 ? 6 : '50%',
    })),
    xAxis: sides.map((side, k) => ({
      type: 'value' as const,
      gridIndex: k,
      min: from,
      max: to,
      name: k === sides.length - 1 ? axisName(preview[side].unit) : '',
      nameGap: 24,
      // Both carry their numbers: the plots are read separately, too.
      axisLabel: {
        show: true,
        formatter: (value: number) => formatAxisValue(value),
        hideOverlap: true,
        showMaxLabel: false,
      },
      splitLine: { show: false },
      inverse: preview[side].unit === 'cm-1',
    })),
    yAxis: sides.map((side, k) => ({
      type: 'value' as const,
      gridIndex: k,
      // Lines series do not widen an axis by themselves.
      ...valueRange(preview[side].values),
      name: t('builder.preview.signal'),
      nameGap: 44,
      splitNumber: 3,
      axisLabel: {
        formatter: (value: number) => formatNumber(value, { digits: 3 }),
        showMinLabel: false,
        showMaxLabel: false,
      },
    })),
    dataZoom: [
      {
        type: 'inside',
        xAxisIndex: sides.map((_, k) => k),
        filterMode: 'none',
        ...(zoom ? { startValue: zoom[0], endValue: zoom[1] } : {}),
      },
    ],
    series: sides.flatMap((side, k) => [linesOf(preview[side], k, colours, tokens), hovered(k, null, tokens)]),
  };
}

/** The line under the pointer (its y values along the side's axis), or none; merges into the drawn picture. */
export const hoverSeries = (preview: PipelinePreview, mode: PreviewMode, row: number | null, tokens: ChartTokens) =>
  sidesOf(mode).map((side, k) => hovered(k, row === null ? null : coords(preview[side], row), tokens));

const hovered = (k: number, points: number[][] | null, tokens: ChartTokens): LinesSeriesOption => ({
  id: `hover-${k}`,
  type: 'lines',
  coordinateSystem: 'cartesian2d',
  xAxisIndex: k,
  yAxisIndex: k,
  polyline: true,
  silent: true,
  z: 4,
  clip: true,
  lineStyle: { color: tokens.accent, width: 2.5, opacity: 1 },
  data: points ? [{ coords: points }] : [],
});

function linesOf(side: PreviewSide, k: number, colours: readonly string[], tokens: ChartTokens): LinesSeriesOption {
  const rows = side.axis.length === 0 ? 0 : side.values.length / side.axis.length;
  return {
    id: `spectra-${k}`,
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    xAxisIndex: k,
    yAxisIndex: k,
    polyline: true,
    silent: true,
    clip: true,
    lineStyle: { width: 1, opacity: rows > 60 ? 0.55 : 0.8, color: tokens.primary },
    data: Array.from({ length: rows }, (_, row) => ({
      coords: coords(side, row),
      lineStyle: { color: colours[row] ?? tokens.primary },
    })),
  };
}

const coords = (side: PreviewSide, row: number): number[][] =>
  Array.from(side.axis, (at, j) => [at, side.values[row * side.axis.length + j] ?? NaN]);

function lineColours(colour: Float64Array | null, rows: number, tokens: ChartTokens): string[] {
  const known = colour ? colour.filter(Number.isFinite) : new Float64Array();
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const span = known.reduce((a, b) => Math.max(a, b), -Infinity) - low;
  return Array.from({ length: rows }, (_, row) => {
    const value = colour?.[row] ?? NaN;
    if (!Number.isFinite(value)) return colour ? tokens.muted : tokens.primary;
    return rampColour('viridis', tokens.mode, span > 0 ? (value - low) / span : 0.5);
  });
}

/** Both plots share their x range, so that a cut shows as a cut. */
function axisRange(sides: readonly PreviewSide[]): [number, number] {
  const ends = sides.flatMap(({ axis }) => [axis[0], axis.at(-1)]).filter((end) => end !== undefined);
  return ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
}

/** All values with a margin of a twentieth. */
function valueRange(values: Float64Array): { min: number; max: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1 };
  const margin = (high - low) / 20 || Math.abs(high) / 20 || 1;
  return { min: low - margin, max: high + margin };
}

const axisName = (unit: PreviewSide['unit']): string =>
  unit === 'index'
    ? t('builder.preview.channel')
    : t(unit === 'nm' ? 'builder.preview.wavelength' : 'builder.preview.wavenumber', { unit: axisUnitLabel(unit) });

const GRID_LEFT = 66;
const gridAt = (k: number, count: number) =>
  count === 1
    ? { left: GRID_LEFT, right: 16, top: 32, bottom: 44 }
    : { left: GRID_LEFT, right: 16, top: k === 0 ? 32 : '56%', bottom: k === 0 ? '56%' : 44 };

/** The index of the spectrum that passes nearest to a point of one side, or null outside its axis. */
export function nearestRow(side: PreviewSide, at: number, value: number): number | null {
  const { axis, values } = side;
  const p = axis.length;
  const channel = nearestChannel(axis, at);
  if (channel === null) return null;
  const distance = (row: number): number => Math.abs((values[row * p + channel] ?? Infinity) - value);
  let best = 0;
  for (let row = 1; row < values.length / p; row++) if (distance(row) < distance(best)) best = row;
  return best;
}

/** The drawn numbers: a row for each wavelength of each side, a column for each spectrum. */
export function previewTable(preview: PipelinePreview, mode: PreviewMode): PlotTable {
  return {
    columns: [t('builder.preview.side'), axisName(preview.before.unit), ...preview.ids],
    rows: sidesOf(mode).flatMap((name) => {
      const { axis, values } = preview[name];
      const title = t(name === 'before' ? 'builder.preview.before' : 'builder.preview.after');
      return Array.from(axis, (at, j) => [
        title,
        at,
        ...preview.ids.map((_, row) => values[row * axis.length + j] ?? null),
      ]);
    }),
  };
}
