import type { Separator } from '#core/contract/imports.ts';
import { isMissingText } from '#core/io/numberText.ts';
import { readGrid, type Grid } from '#core/io/readGrid.ts';

export interface SeparatorGuess {
  readonly separator: Separator;
  readonly comment: '' | '#' | '%';
  readonly skipLines: number;
  readonly confidence: number;
  /** A line for which "separator" and "decimal mark" (or blank and thousands mark) are equally possible. */
  readonly ambiguous: string | null;
}

/**
 * Finds the separator by trying each: the right one gives lines of equal width whose cells are numbers.
 * Also tells which lines before the table do not belong to it.
 *
 * @param fixed what the person decided already
 */
export function detectSeparator(
  utf8: Uint8Array,
  file: string,
  complete: boolean,
  fixed: {
    separator?: Separator | undefined;
    comment?: '' | '#' | '%' | undefined;
    skipLines?: number | undefined;
  } = {},
): SeparatorGuess {
  const comment = fixed.comment ?? detectComment(utf8, file, complete);
  const skipped = fixed.skipLines ?? 0;
  const candidates = (fixed.separator ? [fixed.separator] : CANDIDATES).map((separator) => {
    const grid = readGrid(
      utf8,
      { separator, comment, skipLines: skipped },
      { file, complete, rows: 60, cells: 400, lenient: true },
    );
    return { separator, grid, ...quality(grid) };
  });
  let best = candidates[0];
  for (const candidate of candidates) if (best === undefined || candidate.score > best.score + 1e-9) best = candidate;
  if (best === undefined) return { separator: ',', comment, skipLines: skipped, confidence: 0, ambiguous: null };
  const firstRow = fixed.skipLines === undefined ? firstTableRow(best.grid, best.width) : 0;
  const firstLine = firstRow === 0 ? undefined : best.grid.lines[firstRow];
  return {
    separator: best.separator,
    comment,
    skipLines: firstLine === undefined ? skipped : firstLine - 1,
    confidence: best.even,
    ambiguous: fixed.separator ? null : doubt(best.separator, best.grid),
  };
}

/** In order of trust when two explain the file equally well. */
const CANDIDATES: readonly Separator[] = ['\t', ';', '|', ',', ' '];

/** Lines of equal width (weighted most), numeric cells, more than one column. */
function quality(grid: Grid): { score: number; even: number; width: number } {
  const counts = new Map<number, number>();
  for (const width of grid.widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let width = 1;
  let lines = 0;
  for (const [candidate, count] of counts)
    if (candidate > 1 && (count > lines || (count === lines && candidate > width))) [width, lines] = [candidate, count];
  if (width <= 1) return { score: 0.05, even: 0.5, width: 1 };
  let cells = 0;
  let numeric = 0;
  grid.rows.forEach((row, i) => {
    if (grid.widths[i] !== width) return;
    for (const cell of row) {
      if (isMissingText(cell)) continue;
      cells++;
      if (NUMBER_LIKE.test(cell)) numeric++;
    }
  });
  const even = lines / Math.max(1, grid.widths.length);
  return { score: even * (0.3 + 0.7 * (cells === 0 ? 0 : numeric / cells)), even, width };
}

/** Also matches both kinds of thousands marks; which one it is, is decided later. */
const NUMBER_LIKE =
  /^[+-]?(?:\d{1,3}(?:[ '\u2019\u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?|\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d+)?$/;

/** The first row of the table: titles before it are much narrower. */
const firstTableRow = (grid: Grid, width: number): number =>
  Math.max(
    0,
    grid.widths.findIndex((count) => count === width || count > width / 2),
  );

function detectComment(utf8: Uint8Array, file: string, complete: boolean): '' | '#' | '%' {
  const lines = readGrid(
    utf8,
    { separator: '|', comment: '', skipLines: 0 },
    { file, complete, rows: 200, cells: 1, lenient: true },
  );
  for (const mark of ['#', '%'] as const) {
    const marked = lines.rows.filter((row) => row[0]?.startsWith(mark)).length;
    if (marked > 0 && marked < 0.5 * lines.rows.length) return mark;
  }
  return '';
}

/** Files in which a comma (or a blank) may be the separator or part of every number. */
function doubt(separator: Separator, grid: Grid): string | null {
  if (separator !== ',' && separator !== ' ') return null;
  if (grid.rows.length === 0 || !grid.widths.every((width) => width === 2)) return null;
  const pattern = separator === ',' ? /^\d+$/ : /^\d{3}$/;
  const all = grid.rows.every((row) => /^[+-]?\d{1,4}$/.test(row[0] ?? '') && pattern.test(row[1] ?? ''));
  const first = grid.rows[0];
  return all && first ? `${first[0]}${separator}${first[1]}` : null;
}
