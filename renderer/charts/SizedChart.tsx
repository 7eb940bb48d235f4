import { Box } from '@mui/material';
import type { EChartsOption } from 'echarts';
import { useMemo, useRef } from 'react';
import { Chart } from '#renderer/charts/Chart.tsx';
import type { ChartProps } from '#renderer/charts/Chart.tsx';
import { useElementSize } from '#renderer/charts/useElementSize.ts';

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** A chart whose option depends on its size in CSS pixels. `option` must keep its identity while it draws the same. */
export function SizedChart({
  option,
  height = 280,
  ...props
}: Omit<ChartProps, 'option'> & { readonly option: (size: PlotSize) => EChartsOption }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const [width, inner] = [size?.width ?? 480, size?.height ?? 300];
  const built = useMemo(() => option({ width, height: inner }), [option, width, inner]);
  return (
    <Box ref={box} sx={{ height, minHeight: 0, minWidth: 0 }}>
      <Chart {...props} option={built} height="100%" />
    </Box>
  );
}
