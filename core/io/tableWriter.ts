import type { DecimalMark } from '#core/contract/imports.ts';

/** A column of text or of numbers (NaN becomes a blank cell). All columns of a table have one length. */
export interface CsvColumn {
  readonly name: string;
  readonly values: readonly string[] | Float64Array;
}

/**
 * A table as CSV text (RFC 4180: CRLF line ends, quotation marks where needed, doubled inside). Numbers are written
 * with the fewest digits that give back the same double.
 *
 * Spreadsheets run text that starts with `=`, `+`, `-`, `@`, a tab or a line end as a formula; such text gets an
 * apostrophe in front, which spreadsheets hide. Text that is a plain number ("-5") stays as it is.
 *
 * @param options separator "," with decimal point unless stated; a decimal comma asks for another separator than ","
 */
export function writeCsv(
  columns: readonly CsvColumn[],
  options: { separator?: ',' | ';' | '\t'; decimal?: DecimalMark } = {},
): string {
  const decimal = options.decimal ?? '.';
  const separator = options.separator ?? (decimal === ',' ? ';' : ',');
  const rows = columns.reduce((most, column) => Math.max(most, column.values.length), 0);
  const lines = [columns.map((column) => textCell(column.name, separator)).join(separator)];
  for (let i = 0; i < rows; i++)
    lines.push(
      columns
        .map(({ values }) => {
          const value = values[i];
          return typeof value === 'number' ? numberCell(value, decimal, separator) : textCell(value ?? '', separator);
        })
        .join(separator),
    );
  return `${lines.join('\r\n')}\r\n`;
}

function numberCell(value: number, decimal: DecimalMark, separator: string): string {
  if (Number.isNaN(value)) return '';
  const text = decimal === ',' ? String(value).replace('.', ',') : String(value);
  return text.includes(separator) ? `"${text}"` : text;
}

function textCell(value: string, separator: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(value) && !/^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
  return safe.includes(separator) || /["\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
