export type Mode = 'light' | 'dark';
export type RampName = 'viridis' | 'cividis';

/**
 * Categorical colours: at least 3:1 against the plot background and at least 10 apart (OKLab × 100) under normal
 * vision and simulated protanopia, deuteranopia and tritanopia; `tests/unit/renderer/theme` measures both.
 */
export const categorical: Readonly<Record<Mode, readonly string[]>> = {
  light: ['#0A1ECF', '#EB450A', '#640861', '#457CFA', '#A10403', '#B06B95'],
  dark: ['#8A98ED', '#D48A70', '#28ECF0', '#EBE531', '#7E34E7', '#AF3E44'],
};

/** ECharts symbols in the order of the colours, so that no category is told by colour alone. */
export const shapes = ['circle', 'triangle', 'rect', 'diamond', 'pin', 'arrow'] as const;
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

export interface CategoryStyle {
  readonly color: string;
  readonly symbol: (typeof shapes)[number];
  /** ECharts line dash; empty is a full line. */
  readonly dash: readonly number[];
}

/** Colour, shape and dash of category k. From the seventh on hues return with the next shape and dash. */
export function categoryStyle(mode: Mode, k: number): CategoryStyle {
  const colours = categorical[mode];
  const turn = Math.floor(k / colours.length);
  return {
    color: colours[k % colours.length] ?? colours[0] ?? '#888888',
    symbol: shapes[(k + turn) % shapes.length] ?? 'circle',
    dash: dashes[turn % dashes.length] ?? [],
  };
}

const ramps: Readonly<Record<RampName, readonly string[]>> = {
  viridis: '#440154 #482878 #3e4989 #31688e #26828e #1f9e89 #35b779 #6ece58 #b5de2b #fde725'.split(' '),
  cividis: '#00224e #123570 #3b496c #575d6d #707173 #8a8678 #a59c74 #c3b369 #e1cc55 #fee838'.split(' '),
};

/** The part of a ramp that stands out from the background: no pale yellow on white, no deep violet on black. */
const visible: Readonly<Record<Mode, readonly [number, number]>> = { light: [0, 0.88], dark: [0.2, 1] };

export type Rgb = readonly [number, number, number];

/** The colour at `share` (0 low … 1 high) of a perceptually even ramp, as 0–255 numbers. */
export function rampRgb(name: RampName, mode: Mode, share: number): Rgb {
  const stops = ramps[name];
  const [from, to] = visible[mode];
  const at = (from + Math.min(Math.max(share, 0), 1) * (to - from)) * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  const a = parseHex(stops[k] ?? '#000000');
  const b = parseHex(stops[k + 1] ?? '#000000');
  const f = at - k;
  return [a[0] + f * (b[0] - a[0]), a[1] + f * (b[1] - a[1]), a[2] + f * (b[2] - a[2])];
}

export const rampColour = (name: RampName, mode: Mode, share: number): string =>
  `rgb(${rampRgb(name, mode, share).map(Math.round).join(',')})`;

/** Evenly spaced colours of a ramp, low to high, for colour bars and ECharts visual maps. */
export const rampColours = (name: RampName, mode: Mode, count = 9): string[] =>
  Array.from({ length: count }, (_, k) => rampColour(name, mode, k / (count - 1)));

export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
