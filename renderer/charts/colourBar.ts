import type { GraphicComponentOption } from 'echarts/components';
import { formatNumber } from '#renderer/locales/format.ts';
import { rampColours } from '#renderer/theme/palette.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

export interface ColourBar {
  readonly title: string;
  readonly low: number;
  readonly high: number;
}

const TOP = 78;
const HEIGHT = 140;
const TICKS = [1, 0.5, 0];

/** A labelled bar at the right edge that says which colour is which value; part of the plot, so exports have it. */
export function colourBar({ title, low, high }: ColourBar, c: ChartTokens): GraphicComponentOption {
  const colours = rampColours('viridis', c.mode, 12);
  const text = { fontSize: 11, fontFamily: c.font, fill: c.text };
  return {
    elements: [
      {
        type: 'text',
        silent: true,
        right: 10,
        top: TOP - 20,
        style: { ...text, text: title, fontWeight: 600, width: 84, overflow: 'truncate', align: 'right' },
      },
      {
        type: 'rect',
        silent: true,
        right: 70,
        top: TOP,
        shape: { width: 12, height: HEIGHT },
        style: {
          fill: {
            type: 'linear',
            x: 0,
            y: 1,
            x2: 0,
            y2: 0,
            colorStops: colours.map((color, k) => ({ offset: k / (colours.length - 1), color })),
          },
          stroke: c.axis,
          lineWidth: 0.5,
        },
      },
      ...TICKS.map((share) => ({
        type: 'text' as const,
        silent: true,
        right: 10,
        top: TOP - 6 + (1 - share) * HEIGHT,
        style: {
          ...text,
          fill: c.muted,
          text: formatNumber(low + share * (high - low), { digits: 3 }),
          width: 54,
          align: 'left' as const,
        },
      })),
    ],
  };
}
