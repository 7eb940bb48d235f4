import { Box } from '@mui/material';
import type { EChartsOption } from 'echarts';
import type { ECharts } from 'echarts/core';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import type { View } from '#core/contract/datasets.ts';
import { bitmapPlace } from '#renderer/charts/viewMath.ts';
import type { Area } from '#renderer/charts/viewMath.ts';

export interface SnapshotLayerHandle {
  /** Shows the curves as a picture where a view wants them; the first call of a gesture takes the picture. */
  show(chart: ECharts, view: View): void;
}

interface SnapshotLayerProps {
  /** The view that the chart was last drawn for. */
  readonly drawnFor: View;
  /** The chart's full option: when it changes the chart has drawn itself anew and the picture goes. */
  readonly option: EChartsOption;
  readonly area: Area;
  readonly ref: Ref<SnapshotLayerHandle>;
}

/**
 * During a gesture the curves are not drawn: a picture of them moves, and the chart only draws its axes. That keeps
 * panning smooth however many curves there are.
 */
export function SnapshotLayer({ drawnFor, option, area, ref }: SnapshotLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const taken = useRef<View | null>(null);

  useEffect(() => {
    taken.current = null;
    if (canvas.current) canvas.current.style.visibility = 'hidden';
  }, [option]);

  useImperativeHandle(ref, () => ({
    show(chart, view) {
      if (!canvas.current) return;
      if (!taken.current) {
        takePicture(chart, area, canvas.current);
        taken.current = drawnFor;
        emptyChart(chart);
      }
      const { x, y, scaleX, scaleY } = bitmapPlace(taken.current, view);
      canvas.current.style.transform = `translate(${x * area.width}px, ${y * area.height}px) scale(${scaleX}, ${scaleY})`;
    },
  }));

  return (
    <Box
      sx={{
        position: 'absolute',
        left: area.x,
        top: area.y,
        width: area.width,
        height: area.height,
        overflow: 'hidden',
      }}
    >
      <canvas ref={canvas} style={{ width: '100%', height: '100%', visibility: 'hidden', transformOrigin: '0 0' }} />
    </Box>
  );
}

function takePicture(chart: ECharts, { x, y, width, height }: Area, target: HTMLCanvasElement): void {
  const source = chart.getDom().querySelector('canvas');
  if (!source) return;
  const scale = source.width / chart.getWidth();
  target.width = Math.round(width * scale);
  target.height = Math.round(height * scale);
  target
    .getContext('2d')
    ?.drawImage(source, x * scale, y * scale, width * scale, height * scale, 0, 0, target.width, target.height);
  target.style.visibility = 'visible';
}

/** Leaves the axes; the grid lines move with the picture. */
function emptyChart(chart: ECharts): void {
  const { series } = chart.getOption() as { series: readonly { id: string }[] }; // ECharts gives every series an id
  chart.setOption({
    series: series.map(({ id }) => ({ id, data: [] })),
    xAxis: { splitLine: { show: false } },
    yAxis: { splitLine: { show: false } },
  });
}
