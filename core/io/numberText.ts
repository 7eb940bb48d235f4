import type { DecimalMark, ThousandsMark } from '#core/contract/imports.ts';

/** How numbers are written in one file. */
export interface NumberStyle {
  readonly decimal: DecimalMark;
  readonly thousands: ThousandsMark;
}

/** Whether a cell stands for "not measured": blank, NA, NaN, null, a dash, a dot, a question mark. */
export const isMissingText = (text: string): boolean => MISSING.has(text.trim().toLowerCase());

/**
 * The number a cell's text stands for, NaN when it is none. Thousands marks must stand in proper groups of three;
 * the typographic minus sign is read as a minus.
 */
export function numberFromText(text: string, style: NumberStyle): number {
  let plain = text.trim().replace('\u2212', '-');
  if (style.thousands !== '') {
    const mark = GROUP_MARKS[style.thousands];
    const grouped = new RegExp(`^([+-]?)(\\d{1,3}(?:${mark}\\d{3})+)(?![\\d])(.*)$`).exec(plain);
    if (grouped) plain = `${grouped[1]}${(grouped[2] ?? '').replace(/\D/g, '')}${grouped[3]}`;
  }
  const pattern = style.decimal === ',' ? COMMA_NUMBER : POINT_NUMBER;
  if (!pattern.test(plain)) return NaN;
  const value = Number(style.decimal === ',' ? plain.replace(',', '.') : plain);
  return Number.isFinite(value) ? value : NaN;
}

const POINT_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;

/** As parts of a regular expression; a blank may be an ordinary, a non-breaking or a narrow one. */
const GROUP_MARKS: Readonly<Record<Exclude<ThousandsMark, ''>, string>> = {
  ',': ',',
  '.': '\\.',
  ' ': '[ \u00a0\u202f\u2009]',
  "'": "['\u2019]",
};

const MISSING: ReadonlySet<string> = new Set([
  '', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', 'missing', '-', '--', '.', '?',
]); // prettier-ignore
