import type { EChartsOption } from 'echarts';
import { formatScore } from '#renderer/locales/format.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface VariantPoint {
  readonly label: string;
  readonly rmsecv: number;
  readonly standardError: number | null;
  readonly best: boolean;
  /** Of a model that does not compete: drawn hollow. Null: competes. */
  readonly colour?: string | null;
}

export interface RmsecvVariantsPicture {
  /** Best first. */
  readonly points: readonly VariantPoint[];
  readonly xName: string;
}

/** Longer labels are cut in the middle of the plot's left margin. */
const LABEL_WIDTH = 190;

/** RMSECV of variants that no component count orders: a dot each, best on top, with its standard error over the folds. */
export function rmsecvVariantsOption({ points, xName }: RmsecvVariantsPicture, c: ChartTokens): EChartsOption {
  const colour = (point: VariantPoint): string => (point.best ? c.accent : c.primary);
  return {
    grid: { left: LABEL_WIDTH + 14, right: 24, top: 12, bottom: 44 },
    tooltip: { trigger: 'item', valueFormatter: (value) => formatScore(typeof value === 'number' ? value : null) },
    xAxis: { type: 'value', name: xName, nameGap: 26, scale: true, boundaryGap: ['6%', '6%'] },
    yAxis: {
      type: 'category',
      inverse: true,
      data: points.map(({ label }) => label),
      axisLabel: { width: LABEL_WIDTH, overflow: 'truncate', interval: 0 },
      splitLine: { show: true, lineStyle: { color: c.grid, type: 'dotted' } },
    },
    series: [
      {
        type: 'custom',
        silent: true,
        tooltip: { show: false },
        encode: { x: [1, 2], y: 0 },
        data: points.flatMap(({ rmsecv, standardError: se }, k) =>
          se === null ? [] : [[k, rmsecv - se, rmsecv + se]],
        ),
        renderItem: (_params, api) => {
          const [x1, y] = api.coord([Number(api.value(1)), Number(api.value(0))]);
          const [x2] = api.coord([Number(api.value(2)), Number(api.value(0))]);
          if (x1 === undefined || x2 === undefined || y === undefined) return null;
          return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: { stroke: c.muted, lineWidth: 1.5 } };
        },
        z: 2,
      },
      {
        type: 'scatter',
        data: points.map((point, k) => ({
          value: [point.rmsecv, k],
          symbol: point.best ? 'circle' : 'rect',
          symbolSize: point.best ? 11 : 7,
          itemStyle:
            point.colour === undefined || point.colour === null
              ? { color: colour(point), opacity: 1 }
              : { color: c.background, borderColor: point.colour, borderWidth: 2, opacity: 1 },
        })),
        z: 3,
      },
    ],
  };
}
