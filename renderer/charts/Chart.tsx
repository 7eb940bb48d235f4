import { Box } from '@mui/material';
import type { EChartsOption } from 'echarts';
import type { ECharts } from 'echarts/core';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { openChart } from '#renderer/charts/echarts.ts';
import { chartPicture } from '#renderer/charts/chartPicture.ts';
import type { Underlay } from '#renderer/charts/chartPicture.ts';
import { PlotMenu } from '#renderer/charts/PlotMenu.tsx';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

export interface ChartProps {
  readonly option: EChartsOption;
  /** Name of the plot, read by screen readers. */
  readonly label: string;
  /** The plot in a sentence with its numbers. */
  readonly summary: string;
  /** What CSV, "Copy data" and "View data" show; a function when it is costly. */
  readonly table: PlotTable | (() => PlotTable);
  /** File name without extension. */
  readonly exportName: string;
  /** Pixels, or '100%' of a parent that has a height. Default 280. */
  readonly height?: number | string;
  /** Controls beside the plot's own menu; false hides the menu as well. */
  readonly toolbar?: ReactNode | false;
  readonly onReady?: (chart: ECharts) => void;
  /** A picture under the axes that exports must contain. */
  readonly underlay?: () => Underlay | null;
  /** Lies under the axes on the screen. */
  readonly behind?: ReactNode;
  /** Lies over the plot and takes its gestures. */
  readonly inFront?: ReactNode;
  readonly testId?: string;
}

/** An ECharts plot that follows its size and theme, says what it shows, and exports itself. */
export function Chart(props: ChartProps) {
  const {
    option,
    label,
    summary,
    table,
    exportName,
    height = 280,
    toolbar,
    onReady,
    underlay,
    behind,
    inFront,
    testId,
  } = props;
  const tokens = useChartTokens();
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const summaryId = useId();
  const ready = useRef(onReady);
  const latestOption = useRef(option);
  useEffect(() => {
    ready.current = onReady;
    latestOption.current = option;
  });

  useEffect(() => {
    if (!element.current) return undefined;
    const opened = openChart(element.current, tokens);
    chart.current = opened;
    opened.setOption(latestOption.current, { notMerge: true });
    ready.current?.(opened);
    const observer = new ResizeObserver(() => {
      opened.resize();
    });
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      opened.dispose();
      chart.current = null;
    };
  }, [tokens]);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  const picture = () => {
    if (!chart.current) throw new Error('The plot is not drawn yet.');
    return chartPicture(chart.current, option, tokens, underlay?.() ?? null);
  };
  const readTable = (): PlotTable => (typeof table === 'function' ? table() : table);

  return (
    <Box component="figure" sx={{ m: 0, position: 'relative', height, minWidth: 0 }} data-testid={testId}>
      {behind}
      <Box
        ref={element}
        role="img"
        aria-label={label}
        aria-describedby={summaryId}
        sx={{ position: 'absolute', inset: 0 }}
      />
      <Box component="figcaption" id={summaryId} sx={visuallyHidden}>
        {summary}
      </Box>
      {inFront}
      {toolbar !== false && (
        <Box sx={{ position: 'absolute', top: 0, right: 0, display: 'flex', gap: 0.5, zIndex: 2 }}>
          {toolbar}
          <PlotMenu label={label} exportName={exportName} picture={picture} table={readTable} />
        </Box>
      )}
    </Box>
  );
}

const visuallyHidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
} as const;
