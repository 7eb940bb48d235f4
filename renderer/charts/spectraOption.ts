import type { EChartsOption, SeriesOption } from 'echarts';
import type { SpectraBands, SpectraLines, View } from '#core/contract/datasets.ts';
import { colourBar } from '#renderer/charts/colourBar.ts';
import type { ColourBar } from '#renderer/charts/colourBar.ts';
import { bandLegend, bandSeries } from '#renderer/charts/spectraBandSeries.ts';
import { valueColour } from '#renderer/charts/spectraColour.ts';
import type { ColourScale } from '#renderer/charts/spectraColour.ts';
import { formatAxisValue } from '#renderer/locales/format.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface SpectraPicture {
  readonly axis: Float64Array;
  readonly view: View;
  /** Drawn one by one; null when a density lies under the axes instead. */
  readonly lines: SpectraLines | null;
  readonly bands: SpectraBands | null;
  readonly selected: SpectraLines | null;
  readonly scale: ColourScale | null;
  readonly bar: ColourBar | null;
  readonly grid: boolean;
  readonly xName: string;
  readonly yName: string;
  /** What is drawn, in words: "lines: 215". */
  readonly caption: string;
}

/** Space around the plot area in CSS pixels: fixed, so that a bitmap can lie exactly under it. */
export const spectraMargins = (hasBar: boolean): { left: number; right: number; top: number; bottom: number } => ({
  left: 66,
  right: hasBar ? 104 : 18,
  top: 58,
  bottom: 46,
});

/** The ECharts picture of spectra: axes, bands, single lines, selection. */
export function spectraOption(picture: SpectraPicture, c: ChartTokens): EChartsOption {
  const { view, bands, lines, selected, bar, caption } = picture;
  const round = Number.isInteger(view.left) && Number.isInteger(view.right);
  const series: SeriesOption[] = [
    ...(lines ? [lineSeries(picture, lines, c)] : []),
    ...(bands ? bandSeries(picture.axis, bands, lines === null, c) : []),
    ...(selected ? [selectedSeries(picture.axis, selected, c)] : []),
    // The hovered spectrum comes and goes without the rest being drawn anew.
    { id: 'hover', type: 'line', silent: true, data: [], z: 9, lineStyle: { width: 2, color: c.text }, symbol: 'none' },
    {
      id: 'hoverPoint',
      type: 'scatter',
      silent: true,
      data: [],
      z: 10,
      symbolSize: 9,
      itemStyle: { color: c.text, borderColor: c.background, borderWidth: 2 },
    },
  ];
  return {
    grid: { ...spectraMargins(bar !== null), containLabel: false },
    title: {
      text: caption,
      left: 62,
      top: 34,
      padding: 4,
      textStyle: { fontSize: 11, fontWeight: 500, color: c.muted },
    },
    legend: {
      show: bands !== null,
      right: bar ? 104 : 18,
      top: 36,
      padding: 0,
      selectedMode: false,
      itemWidth: 16,
      data: bandLegend(lines === null),
    },
    xAxis: {
      ...axisRange(view.left, view.right),
      type: 'value',
      name: picture.xName,
      nameGap: 28,
      splitLine: { show: picture.grid },
      axisLabel: {
        formatter: (value: number) => formatAxisValue(value),
        hideOverlap: true,
        // The ends of the axis are labelled where they are round, not as 1631.56.
        showMinLabel: round,
        showMaxLabel: round,
      },
    },
    yAxis: {
      type: 'value',
      min: view.bottom,
      max: view.top,
      name: picture.yName,
      nameGap: 46,
      splitLine: { show: picture.grid },
      axisLabel: { showMinLabel: false, showMaxLabel: false },
    },
    series,
    ...(bar ? { graphic: colourBar(bar, c) } : {}),
  };
}

/** ECharts wants min below max and says separately that the axis runs backwards. */
export const axisRange = (left: number, right: number): { min: number; max: number; inverse: boolean } => ({
  min: Math.min(left, right),
  max: Math.max(left, right),
  inverse: left > right,
});

/** One series for all spectra: a series each would take seconds to paint. */
function lineSeries(picture: SpectraPicture, lines: SpectraLines, c: ChartTokens): SeriesOption {
  const { axis, scale, bands } = picture;
  const faint = bands !== null;
  const n = lines.ids.length;
  const opacity = faint ? 0.22 : n > 100 ? 0.6 : 0.85;
  return {
    id: 'lines',
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    polyline: true,
    silent: true,
    z: 2,
    lineStyle: { width: 1, opacity, color: c.primary },
    data: Array.from({ length: n }, (_, k) => {
      const colour = lines.colour?.[k];
      return {
        coords: spectrumPoints(axis, lines.values, k),
        ...(scale && colour !== undefined ? { lineStyle: { color: valueColour(colour, scale, c.mode) } } : {}),
      };
    }),
  };
}

const selectedSeries = (axis: Float64Array, lines: SpectraLines, c: ChartTokens): SeriesOption => ({
  id: 'selected',
  type: 'lines',
  coordinateSystem: 'cartesian2d',
  polyline: true,
  silent: true,
  z: 8,
  lineStyle: { width: 2.5, opacity: 1, color: c.accent },
  data: lines.ids.map((_, k) => ({ coords: spectrumPoints(axis, lines.values, k) })),
});

/** Spectrum k as [axis value, signal] pairs; missing values are left out. */
export function spectrumPoints(axis: Float64Array, values: Float64Array, k: number): number[][] {
  const points: number[][] = [];
  for (let j = 0; j < axis.length; j++) {
    const [x, y] = [axis[j], values[k * axis.length + j]];
    if (x !== undefined && y !== undefined && Number.isFinite(y)) points.push([x, y]);
  }
  return points;
}
