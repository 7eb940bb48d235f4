import { BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, LinesChart, ScatterChart } from 'echarts/charts';
import {
  AxisPointerComponent,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  LegendPlainComponent,
  LegendScrollComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { ECharts } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { chartTheme } from '#renderer/charts/chartTheme.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

register([BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, LinesChart, ScatterChart]);
register([AxisPointerComponent, DataZoomInsideComponent, GraphicComponent, GridComponent, LegendComponent]);
register([LegendPlainComponent, LegendScrollComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent]);
register([TitleComponent, TooltipComponent, VisualMapComponent, CanvasRenderer, SVGRenderer]);

/** A chart on the screen, drawn on a canvas. */
export const openChart = (element: HTMLElement, tokens: ChartTokens): ECharts =>
  init(element, chartTheme(tokens), { renderer: 'canvas' });

/** A chart that never touches the screen and renders to SVG text, its labels as text. */
export const openSvgChart = (width: number, height: number, tokens: ChartTokens): ECharts =>
  init(null, chartTheme(tokens), { renderer: 'svg', ssr: true, width, height });
