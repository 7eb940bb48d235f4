import { EngineError } from '#core/base/errors.ts';
import { cellText, RecordScanner, type ScanFormat } from '#core/io/recordScanner.ts';

/** The beginning of a table as text. */
export interface Grid {
  readonly rows: readonly (readonly string[])[];
  /** The line of the file on which each row starts, from 1. */
  readonly lines: readonly number[];
  /** Cells of each row, also where `rows` holds fewer of them. */
  readonly widths: readonly number[];
}

/**
 * The first records of UTF-8 text. When `complete` is false the last, probably cut, record is left out.
 * With `lenient` an unclosed quotation mark ends the grid instead of being an error (for trying separators out).
 */
export function readGrid(
  utf8: Uint8Array,
  format: ScanFormat,
  limits: { file: string; complete: boolean; rows: number; cells?: number; lenient?: boolean },
): Grid {
  const rows: string[][] = [];
  const lines: number[] = [];
  const widths: number[] = [];
  const most = limits.cells ?? Infinity;
  const scanner = new RecordScanner(limits.file, format, (record) => {
    const row: string[] = [];
    for (let k = 0; k < record.count && k < most; k++) row.push(cellText(record, k));
    rows.push(row);
    lines.push(record.line);
    widths.push(record.count);
    return rows.length < limits.rows;
  });
  try {
    scanner.push(utf8);
    if (limits.complete) scanner.finish();
  } catch (error) {
    if (!(limits.lenient && error instanceof EngineError)) throw error;
  }
  return { rows, lines, widths };
}
