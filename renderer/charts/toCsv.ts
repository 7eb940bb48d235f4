import type { FileFormat } from '#renderer/charts/chartServices.ts';

export interface PlotTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A table as a CSV file: full precision, quoted where needed, missing values empty, lines ended as RFC 4180 says. */
export function toCsv(table: PlotTable, { separator, decimal }: FileFormat): string {
  const needsQuotes = new RegExp(`["\\r\\n${separator === '\t' ? '\\t' : separator}]`);
  const cell = (value: string | number | null): string => {
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
    const text = typeof value === 'number' ? String(value).replace('.', decimal) : value;
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [table.columns, ...table.rows].map((row) => row.map(cell).join(separator));
  return `${lines.join('\r\n')}\r\n`;
}
