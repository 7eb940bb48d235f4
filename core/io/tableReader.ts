import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { CellProblem, TableFormat } from '#core/contract/imports.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { isMissingText, numberFromText } from '#core/io/numberText.ts';
import { parseNumber } from '#core/io/parseNumber.ts';
import { cellText, RecordScanner, type TableRecord } from '#core/io/recordScanner.ts';
import { asUtf8 } from '#core/io/textEncoding.ts';

/** What reading a file needs besides the file. */
export interface ReadContext {
  readonly files: FilePort;
  readonly cancel: CancelToken;
  /** Bytes of the disk file that the last step used. */
  onBytes(count: number): void;
}

/**
 * Streams a table through a callback, one record at a time; the header record is left out. Checks that every record
 * has as many cells as the table (blank ones at the end aside), and the limits that keep memory bounded.
 *
 * @param width cells of every record
 * @param onRecord returning false ends the reading
 */
export async function readRecords(
  source: { file: string; path: string; format: TableFormat; width: number },
  context: ReadContext,
  onRecord: (record: TableRecord) => boolean | undefined,
): Promise<void> {
  const { file, format, width } = source;
  let header = format.header;
  let rows = 0;
  let bytes = 0;
  const scanner = new RecordScanner(file, format, (record) => {
    if (header) {
      header = false;
      return true;
    }
    if (record.count !== width) checkWidth(file, record, width, format);
    if (++rows > MOST_ROWS)
      throw tooLarge(file, record.line, 'the table has more than 1,000,000 rows', '1,000,000 rows');
    return onRecord(record);
  });
  const raw = context.files.open(source.path, (count) => context.onBytes(count));
  for await (const chunk of asUtf8(raw, format.encoding)) {
    context.cancel.check();
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLarge(file, rows, 'the text is longer than 4 GB', '4 GB');
    scanner.push(chunk);
    if (scanner.stopped) return;
  }
  scanner.finish();
}

const tooLarge = (file: string, line: number, what: string, limit: string): EngineError =>
  new EngineError('data.too-large', { file, line, what, limit });

/** Fewer cells than columns is an error, more is one unless they are blank. */
function checkWidth(file: string, record: TableRecord, width: number, format: TableFormat): void {
  let filled = record.count;
  while (filled > width && record.start[filled - 1] === record.end[filled - 1]) filled--;
  if (filled === width) return;
  const doubled = format.separator === ',' && filled > width && (filled - width) % 2 === 0;
  const hint = doubled
    ? 'If the numbers have decimal commas, the file needs another separator, for example semicolons.'
    : filled < width
      ? 'The line is too short: the file may be cut off or a separator missing.'
      : 'The line is too long: text that contains the separator needs quotation marks.';
  throw new EngineError('data.ragged', { file, line: record.line, expected: width, found: filled, hint });
}

/** Collects what is wrong with cells: all are counted, the first hundred kept. */
export class CellProblems {
  readonly first: CellProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(problem: CellProblem): void {
    this.#count++;
    if (this.first.length < 100) this.first.push(problem);
  }
}

/**
 * A function that reads cell k of a record as a number. NaN means that the cell is missing or not a number; the reason
 * is noted in `missing` or `bad`.
 */
export function numberReader(
  file: string,
  format: TableFormat,
  columnName: (k: number) => string,
  problems: { missing: CellProblems; bad: CellProblems },
): (record: TableRecord, k: number) => number {
  const decimal = format.decimal.charCodeAt(0);
  return (record, k) => {
    const value = parseNumber(record.bytes, record.start[k] as number, record.end[k] as number, decimal);
    if (!Number.isNaN(value)) return value;
    const text = cellText(record, k);
    const careful = numberFromText(text, format); // thousands marks, typographic minus
    if (!Number.isNaN(careful)) return careful;
    const problem = { file, line: record.line, column: columnName(k), found: text.slice(0, 80) };
    (isMissingText(text) ? problems.missing : problems.bad).add(problem);
    return NaN;
  };
}

/** A cell as text; text that is not valid in the file's encoding is an error instead of a wrong letter. */
export function textReader(file: string, format: TableFormat): (record: TableRecord, k: number) => string {
  return (record, k) => {
    const text = cellText(record, k);
    if (text.includes('\ufffd'))
      throw new EngineError('data.encoding', { file, line: record.line, encoding: format.encoding });
    return text;
  };
}

const MOST_ROWS = 1_000_000;
const MOST_BYTES = 4 * 1024 ** 3;
