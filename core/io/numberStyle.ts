import type { DecimalMark, Separator, ThousandsMark } from '#core/contract/imports.ts';
import type { NumberStyle } from '#core/io/numberText.ts';

export interface NumberStyleGuess extends NumberStyle {
  readonly confidence: number;
  /** A cell that can be read in two ways, with nothing in the file to tell which; null when all is clear. */
  readonly ambiguous: string | null;
}

/**
 * Decimal and thousands marks from the cells of a table. A cell speaks clearly when only one reading is possible
 * ("0,5", "12,75", "1.234,5", "1,234,567"); "1,234" alone may be 1.234 or 1234 and leaves the question open unless
 * other cells of the same file answer it. A single point with three digits is open only beside separators that
 * countries with decimal commas use; in a comma-separated file a point is the decimal mark.
 */
export function detectNumberStyle(cells: Iterable<string>, separator: Separator): NumberStyleGuess {
  const seen = { point: 0, comma: 0, weakPoint: 0, weakComma: 0 };
  const groups = new Map<ThousandsMark, number>();
  let example = '';
  for (const text of cells) {
    const cell = text.trim();
    if (!/^[+-]?\d/.test(cell) && !/^[+-]?[.,]\d/.test(cell)) continue;
    const kind = evidence(cell);
    if (kind === null) continue;
    if (kind.group) groups.set(kind.group, (groups.get(kind.group) ?? 0) + 1);
    if (kind.decimal) seen[kind.decimal]++;
    if (kind.weak) {
      seen[kind.weak]++;
      // A comma is what gets asked about, when both occur.
      if (example === '' || (kind.weak === 'weakComma' && !example.includes(','))) example = cell;
    }
  }
  return decide(seen, groups, example, separator);
}

interface Evidence {
  readonly decimal?: 'point' | 'comma';
  readonly weak?: 'weakPoint' | 'weakComma';
  readonly group?: Exclude<ThousandsMark, ''>;
}

function evidence(cell: string): Evidence | null {
  const spaced = /^[+-]?\d{1,3}(?:([ \u00a0\u202f\u2009'\u2019])\d{3})(?:\1\d{3})*(?:([.,])\d+)?$/.exec(cell);
  if (spaced) {
    const group = spaced[1] === "'" || spaced[1] === '\u2019' ? "'" : ' ';
    if (!spaced[2]) return { group };
    return { group, decimal: spaced[2] === ',' ? 'comma' : 'point' };
  }
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d*$/.test(cell)) return { decimal: 'point', group: ',' };
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d*$/.test(cell)) return { decimal: 'comma', group: '.' };
  if (/^[+-]?\d{1,3}(,\d{3}){2,}$/.test(cell)) return { group: ',' };
  if (/^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(cell)) return { group: '.' };
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell)) return { weak: 'weakComma' };
  if (/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(cell)) return { weak: 'weakPoint' };
  if (/^[+-]?\d*,\d*(e[+-]?\d+)?$/i.test(cell)) return { decimal: 'comma' };
  if (/^[+-]?\d*\.\d*(e[+-]?\d+)?$/i.test(cell)) return { decimal: 'point' };
  return null;
}

function decide(
  seen: { point: number; comma: number; weakPoint: number; weakComma: number },
  groups: ReadonlyMap<ThousandsMark, number>,
  example: string,
  separator: Separator,
): NumberStyleGuess {
  const commaGroups = groups.get(',') ?? 0;
  const pointGroups = groups.get('.') ?? 0;
  const other: ThousandsMark = groups.has(' ') ? ' ' : groups.has("'") ? "'" : '';
  const clear = (decimal: DecimalMark, thousands: ThousandsMark, confidence = 1): NumberStyleGuess => ({
    decimal,
    thousands,
    confidence,
    ambiguous: null,
  });
  // Until the question is answered the mark is taken as decimal, so that the table can be shown.
  const open = (decimal: DecimalMark, thousands: ThousandsMark): NumberStyleGuess => ({
    decimal,
    thousands,
    confidence: 0,
    ambiguous: example,
  });

  const comma = seen.comma + pointGroups;
  const point = seen.point + commaGroups;
  if (comma > 0 || point > 0) {
    const share = Math.max(comma, point) / (comma + point);
    // The few cells that disagree (dates, version numbers, errors) are not numbers in this style and get listed.
    if (comma > point) return clear(',', pointGroups + seen.weakPoint > 0 ? '.' : other, share);
    return clear('.', commaGroups + seen.weakComma > 0 ? ',' : other, share);
  }
  if (other !== '' && seen.weakComma + seen.weakPoint > 0)
    // With blanks or apostrophes as thousands marks, a comma or a point can only be the decimal mark.
    return clear(seen.weakComma >= seen.weakPoint ? ',' : '.', other, 0.9);
  if (seen.weakComma > 0) return open(',', seen.weakPoint > 0 ? '.' : other);
  if (seen.weakPoint > 0) return separator === ',' || separator === ' ' ? clear('.', '', 0.8) : open('.', other);
  return clear('.', other, 0.9); // whole numbers only: the decimal mark does not matter
}
