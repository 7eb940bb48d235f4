import { categoryStyle } from '#renderer/theme/palette.ts';
import type { Mode } from '#renderer/theme/palette.ts';

/** Six outlines that stay apart at 6 px; ECharts' own pin and arrow do not. */
const SYMBOLS = [
  'circle',
  'triangle',
  'rect',
  'diamond',
  'path://M0,0 L10,0 L5,9 Z', // triangle on its tip
  'path://M0,3 H3 V0 H7 V3 H10 V7 H7 V10 H3 V7 H0 Z', // plus
] as const;

/** Colour and shape of fold k; from the seventh on colours return with other shapes. */
export function foldStyle(mode: Mode, k: number): { readonly color: string; readonly symbol: string } {
  const turn = Math.floor(k / SYMBOLS.length);
  return { color: categoryStyle(mode, k).color, symbol: SYMBOLS[(k + turn) % SYMBOLS.length] ?? 'circle' };
}
