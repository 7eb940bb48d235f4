import { useEffect, useRef, useState } from 'react';
import type { ECharts } from 'echarts/core';
import type { PipelinePreview } from '#core/contract/pipelines.ts';
import { nearestChannel } from '#renderer/builder/nearestChannel.ts';
import { hoverSeries, nearestRow, sidesOf } from '#renderer/builder/previewOption.ts';
import type { PreviewMode } from '#renderer/builder/previewOption.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface Readout {
  readonly id: string;
  readonly at: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** Follows the pointer: the same spectrum is marked before and after the step, and its values are read out. */
export function useSampleHover(preview: PipelinePreview, mode: PreviewMode, tokens: ChartTokens) {
  const [readout, setReadout] = useState<Readout | null>(null);
  const latest = useRef({ preview, mode, tokens });
  useEffect(() => {
    latest.current = { preview, mode, tokens };
  });

  const listen = (chart: ECharts): void => {
    let shown: { row: number | null; on: PipelinePreview | null } = { row: null, on: null };
    const mark = (row: number | null): void => {
      const now = latest.current;
      if (row === shown.row && now.preview === shown.on) return;
      shown = { row, on: now.preview };
      chart.setOption({ series: hoverSeries(now.preview, now.mode, row, now.tokens) });
    };
    chart.getZr().on('mousemove', (event: { offsetX: number; offsetY: number }) => {
      const found = underPointer(chart, latest.current, [event.offsetX, event.offsetY]);
      mark(found?.row ?? null);
      setReadout(found ? readoutAt(latest.current.preview, found.row, found.at) : null);
    });
    chart.getZr().on('globalout', () => {
      mark(null);
      setReadout(null);
    });
  };
  return { readout, listen };
}

function underPointer(
  chart: ECharts,
  { preview, mode }: { preview: PipelinePreview; mode: PreviewMode },
  pixel: [number, number],
) {
  for (const [gridIndex, side] of sidesOf(mode).entries()) {
    if (!chart.containPixel({ gridIndex }, pixel)) continue;
    const [at, value] = chart.convertFromPixel({ gridIndex }, pixel) as [number, number];
    const row = nearestRow(preview[side], at, value);
    return row === null ? null : { row, at };
  }
  return null;
}

function readoutAt(preview: PipelinePreview, row: number, at: number): Readout {
  const read = (side: PipelinePreview['before']): number | null => {
    const channel = nearestChannel(side.axis, at);
    return channel === null ? null : (side.values[row * side.axis.length + channel] ?? null);
  };
  return { id: preview.ids[row] ?? '', at, before: read(preview.before), after: read(preview.after) };
}
