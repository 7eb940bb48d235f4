/**
 * About how wide a text is in the window's font, in pixels. The picture is laid out without a screen, and the font of
 * whoever opens it may be another, so a little more than measured is right.
 */
export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const char of text)
    units += NARROW.has(char) ? 0.32 : WIDE.has(char) ? 0.88 : /[A-Z0-9]/.test(char) ? 0.67 : 0.57;
  return units * size;
}

const NARROW = new Set("iIljtfr.,:;|!'()[] ·");
const WIDE = new Set('mwMW—→');

/** The text, cut with … where it is wider than `width`. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}
