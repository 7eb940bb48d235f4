import type { EChartsOption, SeriesOption } from 'echarts';
import { legendLayout, lineEntry } from '#renderer/charts/legendLayout.ts';
import { escapeHtml } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { paramsInWords } from '#renderer/components/paramsInWords.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface TrialPoint {
  /** From 0. */
  readonly trial: number;
  /** Null where it was stopped early or failed. */
  readonly value: number | null;
  readonly state: 'completed' | 'pruned' | 'failed';
  readonly params: Readonly<Record<string, unknown>>;
}

export interface TrialsPicture {
  /** Of one study, in order. */
  readonly trials: readonly TrialPoint[];
  readonly higherIsBetter: boolean;
  /** How many trials the study may take; 0 when it is over. */
  readonly of: number;
  readonly yName: string;
}

/** Value of each trial, the best so far as a line, and at the foot the trials that have no value, each with its own mark. */
export function trialsOption(
  { trials, higherIsBetter, of, yName }: TrialsPicture,
  width: number,
  c: ChartTokens,
): EChartsOption {
  const best = bestSoFar(trials, higherIsBetter);
  const values = trials.flatMap(({ value }) => value ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(high) || 1;
  // Failed and stopped trials stand on a line of their own below every value.
  const foot = values.length > 0 ? low - 0.14 * span : 0;
  const pointsOf = (state: TrialPoint['state']): number[][] =>
    trials
      .filter((one) => one.state === state)
      .map((one) => [one.trial + 1, one.state === 'completed' && one.value !== null ? one.value : foot]);
  const series: SeriesOption[] = [
    {
      type: 'scatter',
      name: t('results.trials.completed'),
      symbol: 'circle',
      symbolSize: 7,
      itemStyle: { color: c.primary, opacity: 0.85, borderColor: c.background, borderWidth: 0.5 },
      data: pointsOf('completed'),
      z: 3,
    },
    {
      type: 'line',
      name: t('results.trials.bestSoFar'),
      step: 'end',
      symbol: 'none',
      data: best.flatMap((value, k) => (value === null ? [] : [[(trials[k]?.trial ?? k) + 1, value]])),
      lineStyle: { color: c.accent, width: 2 },
      itemStyle: { color: c.accent },
      silent: true,
      tooltip: { show: false },
      z: 2,
    },
    outcome(t('results.trials.pruned'), 'path://M0,0 L10,0 L5,9 Z', c.muted, pointsOf('pruned')),
    outcome(t('results.trials.failed'), CROSS, c.error, pointsOf('failed')),
  ].filter(({ data }) => Array.isArray(data) && data.length > 0) as SeriesOption[];
  const names = series.map(({ name }) => String(name));
  const { legend, top } = legendLayout(names, width);
  const bestName = t('results.trials.bestSoFar');
  return {
    grid: { left: 64, right: 20, top, bottom: 44 },
    legend: { ...legend, data: names.map((name) => (name === bestName ? lineEntry(name) : { name })) },
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const { value } = Array.isArray(params) ? (params[0] ?? { value: [] }) : params;
        const number = Array.isArray(value) ? Number(value[0]) : Number.NaN;
        const found = trials.find(({ trial }) => trial + 1 === number);
        return found ? tooltipOf(found) : '';
      },
    },
    xAxis: {
      type: 'value',
      name: t('results.trials.axis'),
      nameGap: 26,
      min: 1,
      max: Math.max(2, of, ...trials.map(({ trial }) => trial + 1)),
      minInterval: 1,
      splitLine: { show: false },
    },
    yAxis: { type: 'value', name: yName, nameGap: 44, scale: true, axisLabel: { hideOverlap: true } },
    series,
  };
}

/** The best value up to and with each trial; null before the first that has one. */
export function bestSoFar(trials: readonly TrialPoint[], higherIsBetter: boolean): (number | null)[] {
  let best: number | null = null;
  return trials.map(({ value, state }) => {
    if (value !== null && state === 'completed' && (best === null || (higherIsBetter ? value > best : value < best)))
      best = value;
    return best;
  });
}

/** The trials as CSV and "View data" show them: a column for each parameter. */
export function trialsTable({ trials, higherIsBetter, yName }: TrialsPicture): PlotTable {
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  const best = bestSoFar(trials, higherIsBetter);
  return {
    columns: [t('results.trials.axis'), ...names, yName, t('results.trials.bestSoFar'), t('results.trials.state')],
    rows: trials.map(({ trial, params, value, state }, k) => [
      trial + 1,
      ...names.map((name) => cellOf(params[name])),
      value,
      best[k] ?? null,
      t(`results.trials.state.${state}`),
    ]),
  };
}

const cellOf = (value: unknown): string | number | null =>
  typeof value === 'number' || typeof value === 'string' ? value : value === undefined ? null : JSON.stringify(value);

const tooltipOf = ({ trial, params, value, state }: TrialPoint): string =>
  [
    t('results.trials.number', { k: trial + 1 }),
    escapeHtml(paramsInWords(params)),
    state === 'completed' ? formatScore(value) : t(`results.trials.state.${state}`),
  ].join('<br>');

const CROSS = 'path://M1,0 L5,4 L9,0 L10,1 L6,5 L10,9 L9,10 L5,6 L1,10 L0,9 L4,5 L0,1 Z';

const outcome = (name: string, symbol: string, color: string, data: number[][]): SeriesOption => ({
  type: 'scatter',
  name,
  symbol,
  symbolSize: 9,
  itemStyle: { color, opacity: 1 },
  data,
  z: 4,
});
