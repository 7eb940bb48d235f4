import { categoryStyle } from '#renderer/theme/palette.ts';
import type { Mode } from '#renderer/theme/palette.ts';

/** The colour of the lane with a letter (A, B … Z, AA): the categories of every plot, in their order. */
export function laneColour(mode: Mode, letter: string): string {
  const place = Array.from(letter, (char) => char.charCodeAt(0) - 64).reduce((sum, digit) => sum * 26 + digit, 0) - 1;
  return categoryStyle(mode, Math.max(0, place)).color;
}
