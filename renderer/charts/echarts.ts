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
import { init, use } from 'echarts/core';
import type { ECharts } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { chartTheme } from '#renderer/charts/chartTheme.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

use([BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, LinesChart, ScatterChart]);
use([AxisPointerComponent, DataZoomInsideComponent, GraphicComponent, GridComponent, LegendComponent]);
use([LegendPlainComponent, LegendScrollComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent]);
use([TitleComponent, TooltipComponent, VisualMapComponent, CanvasRenderer, SVGRenderer]);

/** A chart on the screen, drawn on a canvas. */
export const openChart = (element: HTMLElement, tokens: ChartTokens): ECharts =>
  init(element, chartTheme(tokens), { renderer: 'canvas' });

/** A chart that never touches the screen and renders to SVG text, its labels as text. */
export const openSvgChart = (width: number, height: number, tokens: ChartTokens): ECharts =>
  init(null, chartTheme(tokens), { renderer: 'svg', ssr: true, width, height });
