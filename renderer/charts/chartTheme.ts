import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

/** The ECharts theme: quiet axes, hairline grid, our palette, no animation. Option builders add only what is theirs. */
export function chartTheme(c: ChartTokens): object {
  const axis = {
    axisLine: { show: true, onZero: false, lineStyle: { color: c.axis, width: 1 } },
    axisTick: { show: true, length: 4, lineStyle: { color: c.axis } },
    axisLabel: { color: c.muted, fontSize: 11, fontFamily: c.font },
    nameTextStyle: { color: c.text, fontSize: 12, fontFamily: c.font },
    nameLocation: 'middle',
    splitLine: { show: true, lineStyle: { color: c.grid, width: 1 } },
    splitArea: { show: false },
  };
  return {
    color: [...c.categorical],
    backgroundColor: 'transparent',
    animation: false,
    textStyle: { fontFamily: c.font, color: c.text, fontSize: 12 },
    title: {
      textStyle: { color: c.text, fontSize: 12, fontWeight: 600 },
      subtextStyle: { color: c.muted, fontSize: 11 },
    },
    legend: { textStyle: { color: c.text, fontSize: 11 }, itemWidth: 16, itemHeight: 8, itemGap: 14 },
    tooltip: {
      backgroundColor: c.background,
      borderColor: c.axis,
      borderWidth: 1,
      padding: [6, 10],
      extraCssText: 'box-shadow:none;border-radius:4px;',
      textStyle: { color: c.text, fontSize: 12, fontFamily: c.font },
      transitionDuration: 0,
      confine: true,
    },
    axisPointer: { lineStyle: { color: c.axis }, crossStyle: { color: c.axis }, label: { backgroundColor: c.axis } },
    visualMap: { textStyle: { color: c.muted, fontSize: 11 } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
    timeAxis: axis,
    line: { symbol: 'none', lineStyle: { width: 1.5 } },
    scatter: { symbolSize: 7 },
  };
}
