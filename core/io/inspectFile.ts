import { EngineError } from '#core/base/errors.ts';
import type { FileOptions, FileRole, TableFormat } from '#core/contract/imports.ts';
import { detectLayout, type TableLayout } from '#core/io/detectLayout.ts';
import { detectNumberStyle } from '#core/io/numberStyle.ts';
import { detectSeparator } from '#core/io/detectSeparator.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fileRoleHint } from '#core/io/fileRoleHint.ts';
import { isMissingText, numberFromText } from '#core/io/numberText.ts';
import { readGrid, type Grid } from '#core/io/readGrid.ts';
import { sourceLayout } from '#core/io/sourceLayout.ts';
import { detectEncoding, utf8Of } from '#core/io/textEncoding.ts';

/** What the beginning of one file tells. */
export interface FileInspection {
  /** The key by which options name the file. */
  readonly file: string;
  readonly path: string;
  /** Named by the person, not found in a folder. */
  readonly explicit: boolean;
  readonly bytes: number;
  readonly format: TableFormat;
  readonly layout: TableLayout;
  /** The first rows as text, header included. */
  readonly grid: Grid;
  readonly confidence: number;
  /** The role that the content (and, where both are possible, the name) suggests. */
  readonly role: FileRole;
  /** Data rows of the file, estimated unless `rowsExact`. */
  readonly rows: number;
  readonly rowsExact: boolean;
  readonly doubts: readonly FormatDoubt[];
}

/** A mark that can be read in two ways. */
export interface FormatDoubt {
  readonly field: 'separator' | 'decimal';
  readonly example: string;
}

/**
 * Looks at the first megabyte of a table and detects encoding, separator, marks, header, orientation and columns.
 * Everything that `options` states is taken as it is and is no longer in doubt.
 */
export async function inspectFile(
  entry: { file: string; path: string; explicit?: boolean },
  files: FilePort,
  options: FileOptions,
): Promise<FileInspection> {
  const { file, path } = entry;
  const bytes = await files.size(path);
  const head = await files.head(path, HEAD_BYTES);
  if (head.length === 0) throw new EngineError('data.empty', { file });
  const complete = head.length < HEAD_BYTES;
  const found = detectEncoding(head, file);
  const encoding = options.encoding ?? found.encoding;
  const utf8 = utf8Of(head, encoding);
  const table = detectSeparator(utf8, file, complete, options);
  const grid = readGrid(utf8, table, { file, complete, rows: HEAD_ROWS });
  if (grid.rows.length === 0 && complete) throw new EngineError('data.empty', { file });
  if (grid.rows.length === 0)
    throw new EngineError('data.too-large', {
      file,
      line: 1,
      what: `no line ends within the first ${HEAD_BYTES >> 20} MB`,
      limit: '100,000 columns',
    });
  const marks = detectNumberStyle(sampleCells(grid), table.separator);
  const style = {
    decimal: options.decimal ?? marks.decimal,
    thousands:
      options.thousands ??
      (options.decimal !== undefined && options.decimal === marks.thousands ? '' : marks.thousands),
  };
  const hint = options.role ?? fileRoleHint(file);
  const layout =
    hint === 'source'
      ? sourceLayout(detectLayout(grid, style, 'spectra', options), options)
      : detectLayout(grid, style, hint, options);
  const format: TableFormat = {
    encoding,
    separator: table.separator,
    comment: table.comment,
    skipLines: table.skipLines,
    ...style,
    header: layout.header,
    orientation: layout.orientation,
  };
  const doubts: FormatDoubt[] = [];
  if (table.ambiguous !== null && options.decimal === undefined)
    doubts.push({ field: 'separator', example: table.ambiguous });
  if (marks.ambiguous !== null && options.decimal === undefined)
    doubts.push({ field: 'decimal', example: marks.ambiguous });
  const exact = complete && grid.rows.length < HEAD_ROWS;
  return {
    file,
    path,
    explicit: entry.explicit ?? true,
    bytes,
    format,
    layout,
    grid,
    confidence: Math.min(found.confidence, table.confidence, marks.confidence),
    role: options.role ?? contentRole(layout, grid, style, fileRoleHint(file)),
    rows: (exact ? grid.rows.length : estimatedRows(grid, head.length, bytes)) - (layout.header ? 1 : 0),
    rowsExact: exact,
    doubts,
  };
}

function contentRole(
  layout: TableLayout,
  grid: Grid,
  style: { decimal: '.' | ','; thousands: '' | ',' | '.' | ' ' | "'" },
  hint: FileRole | null,
): FileRole {
  if (layout.orientation === 'samples-in-columns') return layout.columns.length === 2 ? 'single-spectra' : 'spectra';
  const roles = new Set(layout.columns.map((column) => column.role));
  if (roles.has('spectra')) return 'spectra';
  if (roles.has('target')) return hint === 'split' || hint === 'metadata' ? hint : 'targets';
  if (roles.has('split') && !roles.has('metadata')) return 'split';
  // A file named as targets may hold classes; they come in as metadata.
  if (hint !== null && hint !== 'spectra') return hint;
  const numbers = grid.rows.flat().filter((cell) => !isMissingText(cell) && !Number.isNaN(numberFromText(cell, style)));
  return roles.has('id') && (numbers.length > 0 || grid.rows.length > 2) ? 'metadata' : 'ignore';
}

/** Cells for the decision on marks: all of the first rows, evenly thinned in very wide tables. */
function* sampleCells(grid: Grid): Iterable<string> {
  const total = grid.rows.reduce((sum, row) => sum + row.length, 0);
  const step = Math.max(1, Math.floor(total / SAMPLE_CELLS));
  let count = 0;
  for (const row of grid.rows) for (const cell of row) if (count++ % step === 0 || step === 1) yield cell;
}

function estimatedRows(grid: Grid, headBytes: number, bytes: number): number {
  const first = grid.lines[0] ?? 1;
  const last = grid.lines.at(-1) ?? first;
  // Text length stands for bytes here: numbers are ASCII.
  const read = grid.rows.reduce((sum, row) => sum + row.reduce((length, cell) => length + cell.length + 1, 0), 0);
  return Math.max(grid.rows.length, Math.round(((last - first + 1) * Math.max(bytes, headBytes)) / Math.max(1, read)));
}

const HEAD_BYTES = 1 << 20;
const HEAD_ROWS = 200;
const SAMPLE_CELLS = 20_000;
