import { describe, expect, test } from 'vitest';
import { categorical, categoryStyle, parseHex, rampRgb } from '#renderer/theme/palette.ts';
import type { Mode, Rgb } from '#renderer/theme/palette.ts';
import { tokens } from '#renderer/theme/tokens.ts';

const linear = (value: number): number => {
  const c = value / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const luminance = ([r, g, b]: Rgb): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
/** WCAG 2.2 contrast ratio. */
const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(parseHex(a)), luminance(parseHex(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** OKLab (Ottosson 2020) of linear sRGB. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Dichromacy at full severity on linear sRGB (Machado, Oliveira & Fernandes 2009, doi:10.1109/TVCG.2009.113). */
const vision: Readonly<Record<string, readonly number[]>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const seen = (hex: string, m: readonly number[]): Rgb => {
  const [r, g, b] = parseHex(hex).map(linear) as [number, number, number];
  const row = (k: number): number =>
    Math.min(Math.max((m[k] ?? 0) * r + (m[k + 1] ?? 0) * g + (m[k + 2] ?? 0) * b, 0), 1);
  return oklab([row(0), row(3), row(6)]);
};

describe.each<Mode>(['light', 'dark'])('the %s palette', (mode) => {
  const background = tokens[mode].surface;

  test('stands out 3:1 from the plot background', () => {
    for (const colour of categorical[mode]) expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(vision))('keeps colours 10 apart with %s vision', (_, matrix) => {
    const colours = categorical[mode];
    for (const [k, a] of colours.entries())
      for (const b of colours.slice(k + 1)) {
        const [x, y] = [seen(a, matrix), seen(b, matrix)];
        expect(100 * Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]), `${a} and ${b}`).toBeGreaterThanOrEqual(10);
      }
  });

  test('has text at 4.5:1 and controls at 3:1 on every surface', () => {
    const c = tokens[mode];
    for (const surface of [c.canvas, c.surface, c.raised]) {
      for (const text of [c.text, c.muted, c.primary, c.error, c.warning, c.success, c.info])
        expect(contrast(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(c.control, surface), `control on ${surface}`).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(c.onPrimary, c.primary)).toBeGreaterThanOrEqual(4.5);
  });

  test('tells ten folds apart by colour, shape and dash together', () => {
    const styles = Array.from({ length: 10 }, (_, k) => JSON.stringify(categoryStyle(mode, k)));
    expect(new Set(styles).size).toBe(10);
  });
});

test('ramps run from the low to the high colour and stop at their ends', () => {
  expect(rampRgb('viridis', 'dark', 1).map(Math.round)).toEqual([253, 231, 37]);
  expect(rampRgb('viridis', 'light', -3)).toEqual(rampRgb('viridis', 'light', 0));
  const brightness = Array.from({ length: 20 }, (_, k) => luminance(rampRgb('cividis', 'light', k / 19)));
  expect(brightness).toEqual([...brightness].sort((a, b) => a - b));
});
