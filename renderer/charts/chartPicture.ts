import type { EChartsOption } from 'echarts';
import type { ECharts } from 'echarts/core';
import { openSvgChart } from '#renderer/charts/echarts.ts';
import type { ChartTokens } from '#renderer/theme/chartTokens.ts';

/** A bitmap under the chart, in CSS pixels from the chart's top left corner. */
export interface Underlay {
  readonly canvas: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The same plot as a bitmap and as a vector picture, both on the theme's background. */
export interface ChartPicture {
  png(): Promise<Uint8Array<ArrayBuffer>>;
  svg(): string;
}

/** PNG pixels per screen pixel: sharp in print and on dense screens. */
const PNG_SCALE = 2;

export function chartPicture(
  chart: ECharts,
  option: EChartsOption,
  tokens: ChartTokens,
  underlay: Underlay | null,
): ChartPicture {
  const [width, height] = [chart.getWidth(), chart.getHeight()];
  return {
    async png() {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width * PNG_SCALE, height * PNG_SCALE];
      const context = canvas.getContext('2d');
      if (!context) throw new Error('There is no memory for the picture.');
      context.scale(PNG_SCALE, PNG_SCALE);
      context.fillStyle = tokens.background;
      context.fillRect(0, 0, width, height);
      context.imageSmoothingEnabled = false;
      if (underlay) context.drawImage(underlay.canvas, underlay.x, underlay.y, underlay.width, underlay.height);
      context.drawImage(chart.renderToCanvas({ pixelRatio: PNG_SCALE }), 0, 0, width, height);
      return bytesOf(canvas);
    },
    svg() {
      const drawn = openSvgChart(width, height, tokens);
      try {
        drawn.setOption(option);
        return withBackground(drawn.renderToSVGString(), tokens.background, underlay);
      } finally {
        drawn.dispose();
      }
    },
  };
}

const bytesOf = (canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (!blob) reject(new Error('The picture is too large to be encoded.'));
      else
        blob.arrayBuffer().then((buffer) => {
          resolve(new Uint8Array(buffer));
        }, reject);
    }, 'image/png');
  });

/** Puts the background, and the bitmap under the axes, behind everything that ECharts drew. */
export function withBackground(svg: string, background: string, underlay: Underlay | null): string {
  const image = underlay
    ? `<image x="${underlay.x}" y="${underlay.y}" width="${underlay.width}" height="${underlay.height}" ` +
      `preserveAspectRatio="none" style="image-rendering:pixelated" href="${underlay.canvas.toDataURL('image/png')}"/>`
    : '';
  const end = svg.indexOf('>', svg.indexOf('<svg')) + 1;
  return `${svg.slice(0, end)}<rect width="100%" height="100%" fill="${background}"/>${image}${svg.slice(end)}`;
}
