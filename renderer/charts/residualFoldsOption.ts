import type {
  EChartsOption,
  SeriesOption,
  TitleComponentOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from 'echarts';
import { agreement } from '#renderer/charts/agreement.ts';
import { foldStyle } from '#renderer/charts/foldStyle.ts';
import { niceRange } from '#renderer/charts/niceRange.ts';
import type { PredictedGroup } from '#renderer/charts/predictedMeasuredOption.ts';
import { residualsOf, symmetricRange } from '#renderer/charts/residualOption.ts';
import type { ResidualPicture } from '#renderer/charts/residualOption.ts';
import { formatError } from '#renderer/components/formatError.ts';
import { t } from '#renderer/locales/t.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

/** More panels than this are too small to read; the caption says how many there are. */
export const MOST_PANELS = 15;
const LEFT = 64;
const RIGHT = 18;
const TOP = 24; // below the plot's menu
const TITLE = 20;
const BOTTOM = 44;
const GAP_X = 14;
const GAP_Y = 10;

/** Narrower, the title of a panel would run into the next. */
const NARROWEST = 112;

/** How the panels stand for so many folds in so many pixels: at most five side by side, rows as even as can be. */
export const panelLayout = (folds: number, width: number): { columns: number; rows: number } => {
  const shown = Math.max(1, Math.min(folds, MOST_PANELS));
  const fitting = Math.floor((width - LEFT - RIGHT + GAP_X) / (NARROWEST + GAP_X));
  const rows = Math.ceil(shown / Math.max(1, Math.min(5, fitting)));
  return { columns: Math.ceil(shown / rows), rows };
};

/** Residuals per fold in small panels with common axes; the solid line in each is that fold's bias. */
export function residualFoldsOption(
  { groups, xName, yName }: ResidualPicture,
  { width, height }: { readonly width: number; readonly height: number },
  c: ChartTokens,
): EChartsOption {
  const shown = groups.slice(0, MOST_PANELS);
  const { columns, rows } = panelLayout(shown.length, width);
  const x = niceRange(
    shown.flatMap(({ predicted }) => [...predicted]),
    3,
  );
  const y = symmetricRange(
    shown.flatMap((group) => residualsOf(group)),
    4,
  );
  const cellWidth = (width - LEFT - RIGHT - GAP_X * (columns - 1)) / columns;
  const cellHeight = (height - TOP - BOTTOM - GAP_Y * (rows - 1)) / rows - TITLE;
  const place = (k: number): { left: number; top: number } => ({
    left: LEFT + (k % columns) * (cellWidth + GAP_X),
    top: TOP + TITLE + Math.floor(k / columns) * (cellHeight + TITLE + GAP_Y),
  });
  const isBottom = (k: number): boolean => k + columns >= shown.length;
  return {
    title: [
      ...shown.map((group, k) => panelTitle(group, place(k), cellWidth)),
      axisTitle(xName, { left: LEFT + (width - LEFT - RIGHT) / 2, top: height - 18 }, c),
    ],
    grid: shown.map((_, k) => ({ ...place(k), width: Math.max(10, cellWidth), height: Math.max(10, cellHeight) })),
    xAxis: shown.map((_, k): XAXisComponentOption => ({
      type: 'value',
      gridIndex: k,
      ...x,
      axisLine: { onZero: false },
      axisLabel: { show: isBottom(k), hideOverlap: true },
    })),
    yAxis: shown.map((_, k): YAXisComponentOption => {
      const first = k % columns === 0;
      const named = k === Math.floor((rows - 1) / 2) * columns;
      return {
        type: 'value',
        gridIndex: k,
        ...y,
        axisLabel: { show: first },
        ...(named ? { name: yName, nameGap: 44 } : {}),
      };
    }),
    series: shown.flatMap((group, k) => panelSeries(group, k, x, c)),
  };
}

function panelTitle(
  group: PredictedGroup,
  { left, top }: { left: number; top: number },
  width: number,
): TitleComponentOption {
  const { bias, n, rmse } = agreement(group.measured, group.predicted);
  const values = { fold: group.name, bias: formatError(bias, rmse, { sign: true }), n };
  const text = width > 150 ? t('results.plot.foldPanel', values) : t('results.plot.foldPanelShort', values);
  return { text, left, top: top - TITLE + 2, padding: 0, textStyle: { fontSize: 11, fontWeight: 560 } };
}

const axisTitle = (text: string, at: { left: number; top: number }, c: ChartTokens): TitleComponentOption => ({
  text,
  ...at,
  padding: 0,
  textAlign: 'center',
  textStyle: { fontSize: 12, fontWeight: 400, color: c.text },
});

function panelSeries(
  group: PredictedGroup,
  k: number,
  x: { min: number; max: number },
  c: ChartTokens,
): SeriesOption[] {
  const { color, symbol } = foldStyle(c.mode, group.index);
  const residuals = residualsOf(group);
  const { bias } = agreement(group.measured, group.predicted);
  const at = { xAxisIndex: k, yAxisIndex: k };
  const line = (value: number, colour: string, type: 'solid' | 'dashed'): SeriesOption => ({
    type: 'line',
    ...at,
    silent: true,
    data: [
      [x.min, value],
      [x.max, value],
    ],
    lineStyle: { color: colour, width: type === 'solid' ? 1.5 : 1, type },
    z: 2,
  });
  return [
    line(0, c.muted, 'dashed'),
    line(bias, color, 'solid'),
    {
      type: 'scatter',
      name: group.name,
      ...at,
      symbol,
      symbolSize: 5,
      itemStyle: { color, opacity: 0.85 },
      silent: true,
      z: 3,
      data: Array.from(group.predicted, (p, j) => [p, residuals[j] ?? Number.NaN]),
    },
  ];
}
