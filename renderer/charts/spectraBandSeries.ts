import type { SeriesOption } from 'echarts';
import type { SpectraBands } from '#core/contract/datasets.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

/**
 * Median and quantile bands. Over single lines they are filled areas; over a density they are outlines, because an
 * area would hide what lies under it. At most seven series.
 */
export function bandSeries(axis: Float64Array, bands: SpectraBands, outlines: boolean, c: ChartTokens): SeriesOption[] {
  // Told apart by weight: without a graphics card a dashed curve of 2,000 points costs ten times a full one.
  const line = (name: string, values: Float64Array, width: number, opacity: number): SeriesOption => ({
    name,
    type: 'line',
    silent: true,
    z: 5,
    symbol: 'none',
    color: c.text,
    lineStyle: { width, opacity, color: c.text },
    data: Array.from(axis, (x, j) => [x, values[j] ?? Number.NaN]),
  });
  const median = line(t('charts.spectra.band.median'), bands.median, 2.2, 1);
  if (outlines)
    return [
      median,
      ...[bands.p25, bands.p75].map((values) => line(t('charts.spectra.band.p25'), values, 1.4, 0.85)),
      ...[bands.p5, bands.p95].map((values) => line(t('charts.spectra.band.p5'), values, 1, 0.65)),
      ...[bands.min, bands.max].map((values) => line(t('charts.spectra.band.range'), values, 0.7, 0.4)),
    ];
  return [
    area(axis, t('charts.spectra.band.range'), bands.min, bands.max, 0.1, c),
    area(axis, t('charts.spectra.band.p5'), bands.p5, bands.p95, 0.16, c),
    area(axis, t('charts.spectra.band.p25'), bands.p25, bands.p75, 0.26, c),
    median,
  ];
}

/** The names of the bands; a line is shown without the dot that ECharts puts on it. */
export const bandLegend = (outlines: boolean): { name: string; itemStyle?: { opacity: number } }[] =>
  (['median', 'p25', 'p5', 'range'] as const).map((band) => ({
    name: t(`charts.spectra.band.${band}`),
    ...(outlines || band === 'median' ? { itemStyle: { opacity: 0 } } : {}),
  }));

/** The area between two curves as one polygon; stacked areas would fail where the signal changes its sign. */
function area(
  axis: Float64Array,
  name: string,
  low: Float64Array,
  high: Float64Array,
  opacity: number,
  c: ChartTokens,
): SeriesOption {
  const corners: number[][] = [];
  for (let j = 0; j < axis.length; j++) corners.push([axis[j] ?? 0, high[j] ?? 0]);
  for (let j = axis.length - 1; j >= 0; j--) corners.push([axis[j] ?? 0, low[j] ?? 0]);
  return {
    name,
    type: 'custom',
    silent: true,
    clip: true,
    z: 3,
    color: c.text,
    itemStyle: { opacity },
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: corners.map((corner) => api.coord(corner)) },
      style: { fill: c.text, opacity },
    }),
    data: [[axis[0] ?? 0, low[0] ?? 0]],
  };
}
