import type { EChartsOption, SeriesOption } from 'echarts';
import { foldStyle } from '#renderer/charts/foldStyle.ts';
import { legendLayout, lineEntry } from '#renderer/charts/legendLayout.ts';
import { niceRange } from '#renderer/charts/niceRange.ts';
import { drawnGroups, pointText } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedGroup } from '#renderer/charts/predictedMeasuredOption.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface ResidualPicture {
  readonly groups: readonly PredictedGroup[];
  readonly xName: string;
  readonly yName: string;
  /** Two standard errors of prediction: the dashed lines. NaN draws none. */
  readonly twoSep: number;
}

/** Residual (predicted − measured) against the predicted value, folds by colour and shape, limits symmetric about zero. */
export function residualOption(
  { groups: all, xName, yName, twoSep }: ResidualPicture,
  width: number,
  c: ChartTokens,
): EChartsOption {
  const groups = drawnGroups(all);
  const x = niceRange(groups.flatMap(({ predicted }) => [...predicted]));
  const y = symmetricRange([...groups.flatMap((group) => residualsOf(group)), twoSep]);
  const across = (value: number, name: string, type: 'solid' | 'dashed'): SeriesOption => ({
    type: 'line',
    name,
    silent: true,
    symbol: 'none',
    data: [
      [x.min, value],
      [x.max, value],
    ],
    lineStyle: { color: c.muted, width: 1, type },
    itemStyle: { color: c.muted },
    z: 1,
  });
  const limits = Number.isFinite(twoSep)
    ? [across(twoSep, t('results.plot.twoSep'), 'dashed'), across(-twoSep, t('results.plot.twoSep'), 'dashed')]
    : [];
  const lines = [across(0, t('results.plot.zero'), 'solid'), ...limits];
  const names = groups.map(({ name }) => name);
  const lineNames = [...new Set(lines.map(({ name }) => String(name)))];
  const { legend, top } = legendLayout([...names, ...lineNames], width);
  return {
    grid: { left: 64, right: 18, top, bottom: 44 },
    legend: { ...legend, data: [...names, ...lineNames.map(lineEntry)] },
    tooltip: { trigger: 'item', formatter: (params) => pointText(params, groups, lines.length) },
    xAxis: { type: 'value', ...x, name: xName, nameGap: 26, axisLine: { onZero: false } },
    yAxis: { type: 'value', ...y, name: yName, nameGap: 44 },
    series: [...lines, ...groups.map((group) => points(group, c))],
  };
}

/** Limits −a … a that hold every residual. */
export function symmetricRange(values: readonly number[], ticks = 6): { min: number; max: number; interval: number } {
  const largest = values.reduce((top, value) => (Number.isFinite(value) ? Math.max(top, Math.abs(value)) : top), 0);
  return niceRange(largest > 0 ? [-largest, largest] : [-1, 1], ticks);
}

export const residualsOf = ({ measured, predicted }: PredictedGroup): number[] =>
  Array.from(measured, (y, k) => (predicted[k] ?? Number.NaN) - y);

function points(group: PredictedGroup, c: ChartTokens): SeriesOption {
  const { color, symbol } = foldStyle(c.mode, group.index);
  const residuals = residualsOf(group);
  return {
    type: 'scatter',
    name: group.name,
    symbol: group.kind === 'test' ? 'diamond' : symbol,
    symbolSize: group.measured.length > 1500 ? 4 : 7,
    itemStyle: {
      color: group.kind === 'test' ? c.accent : color,
      opacity: 0.85,
      borderColor: c.background,
      borderWidth: 0.5,
    },
    z: 3,
    data: Array.from(group.predicted, (p, k) => [p, residuals[k] ?? Number.NaN]),
  };
}
