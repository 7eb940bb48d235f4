import { Box } from '@mui/material';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import type { View } from '#core/contract/datasets.ts';
import { densityPixels } from '#renderer/charts/spectraColour.ts';
import type { ColourScale } from '#renderer/charts/spectraColour.ts';
import type { DrawnDensity } from '#renderer/charts/useDensity.ts';
import { bitmapPlace } from '#renderer/charts/viewMath.ts';
import type { Area } from '#renderer/charts/viewMath.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface DensityLayerHandle {
  /** Moves the finished bitmap to where a view wants it: what a gesture sees. */
  show(view: View): void;
  /** What is on screen, cut to the plot area, for exports. */
  picture(): HTMLCanvasElement | null;
}

interface DensityLayerProps {
  readonly drawn: DrawnDensity;
  readonly view: View;
  readonly area: Area;
  readonly scale: ColourScale | null;
  readonly tokens: ChartTokens;
  readonly ref: Ref<DensityLayerHandle>;
}

/** The density bitmap exactly under the plot area. */
export function DensityLayer({ drawn, view, area, scale, tokens, ref }: DensityLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { density } = drawn;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const ink = tokens.primary;
    canvas.current.width = density.width;
    canvas.current.height = density.height;
    const pixels = densityPixels(density, ink, scale, tokens.mode);
    context.putImageData(new ImageData(pixels, density.width, density.height), 0, 0);
  }, [density, scale, tokens]);

  useEffect(() => {
    place(canvas.current, drawn.view, view, area);
  }, [drawn, view, area]);

  useImperativeHandle(ref, () => ({
    show: (shown) => {
      place(canvas.current, drawn.view, shown, area);
    },
    picture() {
      if (!canvas.current) return null;
      const cut = document.createElement('canvas');
      [cut.width, cut.height] = [density.width, density.height];
      const { x, y, scaleX, scaleY } = bitmapPlace(drawn.view, view);
      cut
        .getContext('2d')
        ?.drawImage(canvas.current, x * cut.width, y * cut.height, scaleX * cut.width, scaleY * cut.height);
      return cut;
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
      <canvas
        ref={canvas}
        data-testid="density"
        style={{ position: 'absolute', left: 0, top: 0, width: '100%', height: '100%', transformOrigin: '0 0' }}
      />
    </Box>
  );
}

function place(canvas: HTMLCanvasElement | null, drawn: View, shown: View, area: Area): void {
  if (!canvas) return;
  const { x, y, scaleX, scaleY } = bitmapPlace(drawn, shown);
  canvas.style.transform = `translate(${x * area.width}px, ${y * area.height}px) scale(${scaleX}, ${scaleY})`;
}
