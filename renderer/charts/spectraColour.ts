import { parseHex, rampColour, rampRgb } from '#renderer/theme/palette.ts';
import type { Mode } from '#renderer/theme/palette.ts';

export interface ColourScale {
  readonly low: number;
  readonly high: number;
}

const share = (value: number, { low, high }: ColourScale): number => (high > low ? (value - low) / (high - low) : 0.5);

/** The viridis colour of a target value; missing values are grey. */
export const valueColour = (value: number, scale: ColourScale, mode: Mode): string =>
  Number.isNaN(value) ? MISSING[mode] : rampColour('viridis', mode, share(value, scale));

const MISSING: Readonly<Record<Mode, string>> = { light: '#9AA5A8', dark: '#6B7A7E' };
const LEVELS = 256;
/** One spectrum through a pixel must be seen beside a thousand. */
const FAINTEST = 0.16;

/**
 * The pixels (RGBA, row by row from the top) of a density: colour is the mean target, or the ink where there is none;
 * opacity follows the logarithm of the count.
 */
export function densityPixels(
  density: { readonly count: Uint32Array; readonly colour: Float32Array | null },
  ink: string,
  scale: ColourScale | null,
  mode: Mode,
): Uint8ClampedArray<ArrayBuffer> {
  const { count, colour } = density;
  const most = count.reduce((a, b) => Math.max(a, b), 1);
  const toLevel = (LEVELS - 1) / Math.log1p(most);
  const ramp = Array.from({ length: LEVELS }, (_, k) => rampRgb('viridis', mode, k / (LEVELS - 1)));
  const [r, g, b] = parseHex(ink);
  const pixels = new Uint8ClampedArray(4 * count.length);
  for (let k = 0; k < count.length; k++) {
    const through = count[k] ?? 0;
    if (through === 0) continue;
    const level = (Math.log1p(through) * toLevel) / (LEVELS - 1);
    const value = colour?.[k] ?? Number.NaN;
    const rgb =
      scale && !Number.isNaN(value)
        ? ramp[Math.round(Math.min(Math.max(share(value, scale), 0), 1) * (LEVELS - 1))]
        : null;
    pixels[4 * k] = rgb ? rgb[0] : r;
    pixels[4 * k + 1] = rgb ? rgb[1] : g;
    pixels[4 * k + 2] = rgb ? rgb[2] : b;
    pixels[4 * k + 3] = 255 * (FAINTEST + (1 - FAINTEST) * level);
  }
  return pixels;
}
