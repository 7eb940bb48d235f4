import type { EChartsOption, SeriesOption } from 'echarts';
import { legendLayout, lineEntry } from '#renderer/charts/legendLayout.ts';
import { escapeHtml } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface ProbabilityPicture {
  readonly ids: readonly string[];
  readonly classes: readonly string[];
  /** Class codes; −1 for none of the classes. */
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
  /** n × K, row-major. */
  readonly probabilities: Float64Array;
}

interface Point {
  readonly at: number;
  readonly own: number;
  readonly right: boolean;
}

/**
 * The probability that the model gives to the true class of every sample, class by class and in ascending order within
 * a class. Misclassified samples have a shape of their own; the dashed line is what guessing would give.
 */
export function probabilityOption(picture: ProbabilityPicture, width: number, c: ChartTokens): EChartsOption {
  const { classes, ids, measured, predicted } = picture;
  const points = orderedPoints(picture);
  const place = (right: boolean): number[][] =>
    points.flatMap((point, k) => (point.right === right ? [[k + 1, point.own, point.at]] : []));
  const starts = classes.map((_, code) => points.findIndex(({ at }) => measured[at] === code));
  const guess = 1 / Math.max(1, classes.length);
  const series: SeriesOption[] = [
    {
      type: 'line',
      name: t('results.probability.guess'),
      silent: true,
      symbol: 'none',
      data: [
        [0.5, guess],
        [points.length + 0.5, guess],
      ],
      lineStyle: { color: c.muted, width: 1, type: 'dashed' },
      itemStyle: { color: c.muted },
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { color: c.axis, width: 1, type: 'solid' },
        label: { formatter: '{b}', color: c.muted, fontSize: 11, position: 'insideEndTop', rotate: 0, align: 'left' },
        data: starts.flatMap((start, code) =>
          start < 0 ? [] : [{ xAxis: start + 0.5, name: ` ${classes[code] ?? ''}` }],
        ),
      },
      z: 1,
    },
    {
      type: 'scatter',
      name: t('results.probability.right'),
      symbol: 'circle',
      symbolSize: points.length > 1500 ? 4 : 7,
      itemStyle: { color: c.primary, opacity: 0.85, borderColor: c.background, borderWidth: 0.5 },
      data: place(true),
      z: 2,
    },
    {
      type: 'scatter',
      name: t('results.probability.wrong'),
      symbol: 'diamond',
      symbolSize: 11,
      itemStyle: { color: c.background, borderColor: c.accent, borderWidth: 2, opacity: 1 },
      data: place(false),
      z: 3,
    },
  ];
  const names = series.map(({ name }) => String(name));
  const { legend, top } = legendLayout(names, width);
  return {
    grid: { left: 64, right: 20, top: top + 4, bottom: 44 },
    legend: { ...legend, data: names.map((name, k) => (k === 0 ? lineEntry(name) : { name })) },
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const { value } = Array.isArray(params) ? (params[0] ?? { value: [] }) : params;
        const at = Array.isArray(value) ? Number(value[2]) : Number.NaN;
        const row = probabilityRow(picture, at);
        return [
          escapeHtml(ids[at] ?? ''),
          escapeHtml(
            t('results.probability.point', {
              measured: nameOf(classes, measured[at]),
              predicted: nameOf(classes, predicted[at]),
            }),
          ),
          ...row.map((value, code) => `${escapeHtml(classes[code] ?? '')} ${formatNumber(value, { decimals: 3 })}`),
        ].join('<br>');
      },
    },
    xAxis: {
      type: 'value',
      min: 0.5,
      max: Math.max(1, points.length) + 0.5,
      name: t('results.probability.samples'),
      nameGap: 12,
      axisLabel: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: { type: 'value', min: 0, max: 1, name: t('results.probability.own'), nameGap: 44 },
    series,
  };
}

/** By true class, then by the probability of it. Samples of a class that the model does not know are left out. */
function orderedPoints({ classes, measured, predicted, probabilities }: ProbabilityPicture): Point[] {
  return Array.from(measured, (code, at): Point => ({
    at,
    own: code < 0 ? Number.NaN : (probabilities[at * classes.length + code] ?? Number.NaN),
    right: predicted[at] === code,
  }))
    .filter(({ own }) => Number.isFinite(own))
    .toSorted((a, b) => (measured[a.at] ?? 0) - (measured[b.at] ?? 0) || a.own - b.own);
}

export const probabilityRow = ({ classes, probabilities }: ProbabilityPicture, at: number): number[] =>
  Array.from(probabilities.subarray(at * classes.length, (at + 1) * classes.length));

/** Every sample with its classes and all probabilities. */
export const probabilityTable = (picture: ProbabilityPicture): PlotTable => ({
  columns: [
    t('results.samples.id'),
    t('results.samples.measuredClass'),
    t('results.samples.predictedClass'),
    ...picture.classes.map((name) => t('results.samples.probabilityOf', { name })),
  ],
  rows: picture.ids.map((id, at) => [
    id,
    nameOf(picture.classes, picture.measured[at]),
    nameOf(picture.classes, picture.predicted[at]),
    ...probabilityRow(picture, at),
  ]),
});

/** Name of a class code; "none of the classes" for −1. */
export const nameOf = (classes: readonly string[], code: number | undefined): string =>
  (code === undefined ? undefined : classes[code]) ?? t('results.confusion.none');
