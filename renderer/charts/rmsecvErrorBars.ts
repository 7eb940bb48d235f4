import type { CustomSeriesOption } from 'echarts';
import type { RmsecvCurve } from '#renderer/charts/rmsecvOption.ts';
import { t } from '#renderer/locales/t.ts';

const CAP_PX = 3;

/** Vertical bars of ± one standard error about the points of a curve. */
export function rmsecvErrorBars(
  curve: RmsecvCurve,
  standardError: readonly (number | null)[] | Float64Array,
  color: string,
): CustomSeriesOption {
  const data = curve.values.flatMap((x, k) => {
    const [y, se] = [curve.rmsecv[k], standardError[k]];
    return typeof y === 'number' && typeof se === 'number' && Number.isFinite(y + se) ? [[x, y - se, y + se]] : [];
  });
  return {
    type: 'custom',
    name: t('results.components.se'),
    data,
    silent: true,
    tooltip: { show: false },
    encode: { x: 0, y: [1, 2] },
    z: 4,
    renderItem: (_params, api) => {
      const [x, low, high] = [Number(api.value(0)), Number(api.value(1)), Number(api.value(2))];
      const [left, bottom] = api.coord([x, low]);
      const [, top] = api.coord([x, high]);
      if (left === undefined || bottom === undefined || top === undefined) return null;
      const style = { stroke: color, lineWidth: 1, opacity: 0.8 };
      const bar = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style,
      });
      return {
        type: 'group',
        children: [
          bar(left, bottom, left, top),
          bar(left - CAP_PX, top, left + CAP_PX, top),
          bar(left - CAP_PX, bottom, left + CAP_PX, bottom),
        ],
      };
    },
  };
}
