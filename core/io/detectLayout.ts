import type { ColumnRole, FileOptions, FileRole, Orientation } from '#core/contract/imports.ts';
import { axisName, isChannelCount, isMonotonic, unitFromWords } from '#core/io/detectAxis.ts';
import { columnRoles, isIdName } from '#core/io/columnRoles.ts';
import { isMissingText, numberFromText, type NumberStyle } from '#core/io/numberText.ts';
import type { Grid } from '#core/io/readGrid.ts';

export interface ColumnLayout {
  readonly name: string;
  readonly role: ColumnRole;
  readonly numeric: boolean;
  /** The wavelength in the name of a spectral column, NaN without one. */
  readonly wavelength: number;
}

/** What the rows and columns of one table are. */
export interface TableLayout {
  readonly header: boolean;
  readonly orientation: Orientation;
  /** One entry a column. With samples in columns: the first is the axis (role id), the others are spectra. */
  readonly columns: readonly ColumnLayout[];
  /** 'nm' or 'cm-1' where a word of the file names it. */
  readonly unit: 'nm' | 'cm-1' | null;
}

/**
 * Header, orientation and column roles from the first rows of a table.
 *
 * @param hint the role that the file's name suggests, if any
 */
export function detectLayout(grid: Grid, style: NumberStyle, hint: FileRole | null, options: FileOptions): TableLayout {
  const rows = grid.rows;
  const header = options.header ?? hasHeader(rows, style);
  const data = header ? rows.slice(1) : rows;
  const width = tableWidth(header ? rows[0] : undefined, data);
  const names = header ? headerNames(rows[0] ?? [], width) : Array.from({ length: width }, (_, k) => `column ${k + 1}`);
  const orientation = options.orientation ?? detectOrientation(names, data, style, header, hint);
  const words = unitFromWords(names[0] ?? '');
  if (orientation === 'samples-in-columns') {
    const columns = names.map((name, k): ColumnLayout => ({
      name,
      role: k === 0 ? 'id' : 'spectra',
      numeric: true,
      wavelength: NaN,
    }));
    return { header, orientation, unit: words, columns: override(columns, options) };
  }
  const columns = override(columnRoles(names, data, style, header, hint), options);
  const firstSpectral = columns.find((column) => column.role === 'spectra');
  return {
    header,
    orientation,
    columns,
    unit: firstSpectral ? (axisName(firstSpectral.name, style)?.unit ?? words) : null,
  };
}

/**
 * Names of all columns. A header with one cell less than the data lacks the name of the first column (R writes such
 * files); missing names at the end are those of blank cells.
 */
export function headerNames(header: readonly string[], width: number): string[] {
  const names = header.length === width - 1 ? ['', ...header] : header.slice(0, width);
  return Array.from({ length: width }, (_, k) => names[k] ?? '');
}

/**
 * Columns of a table: as many as most rows have, not counting columns at the end that are blank everywhere (trailing
 * separators). Rows of another length are left to the reader, which names their lines.
 */
export function tableWidth(header: readonly string[] | undefined, data: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of data) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let usual = header?.length ?? 0;
  for (const [length, count] of counts)
    if (count > (counts.get(usual) ?? 0) || (count === counts.get(usual) && length > usual)) usual = length;
  let widest = 0;
  for (const row of header ? [header, ...data] : data) {
    if (row.length !== usual && row !== header) continue;
    let width = row.length;
    while (width > widest && row[width - 1] === '') width--;
    widest = Math.max(widest, width);
  }
  return widest;
}

/** A first row of names (text above numbers), or of wavelengths (an axis above spectra). */
function hasHeader(rows: readonly (readonly string[])[], style: NumberStyle): boolean {
  const [first, ...rest] = rows;
  if (!first || rest.length === 0)
    return first !== undefined && first.some((cell) => !isNumber(cell, style) && !isMissingText(cell));
  const body = rest.slice(0, 30);
  const below = body[0] ?? [];
  if (first.length === below.length - 1 && below.at(-1) !== '' && first.length > 1) return true; // R's style
  let textAboveNumbers = 0;
  let wavelengthNames = 0;
  for (let k = 0; k < first.length; k++) {
    const cell = first[k] ?? '';
    const filled = body.map((row) => row[k] ?? '').filter((text) => !isMissingText(text));
    const numericBelow =
      filled.length > 0 && filled.filter((text) => isNumber(text, style)).length >= 0.8 * filled.length;
    if (numericBelow && !isMissingText(cell) && !isNumber(cell, style)) textAboveNumbers++;
    if (axisName(cell, style)) wavelengthNames++;
  }
  if (textAboveNumbers > 0) return true;
  if (isIdName(first[0] ?? '') || unitFromWords(first[0] ?? '')) return true;
  if (wavelengthNames < 3)
    return body.every((row) => row.every((cell) => !isNumber(cell, style))) && looksLikeNames(first, body);
  return isAxisRow(
    numbersOf(first, style),
    body.map((row) => numbersOf(row, style)),
  );
}

/** All-text tables: a header's words do not come back below it, and no other row starts with it. */
function looksLikeNames(first: readonly string[], body: readonly (readonly string[])[]): boolean {
  return first.length > 1 && first.every((cell, k) => cell !== '' && body.every((row) => row[k] !== cell));
}

/** The numbers of a row from its second cell on (the first may be an id). */
const numbersOf = (row: readonly string[], style: NumberStyle): number[] =>
  row.slice(1).map((cell) => numberFromText(cell, style));

/** An axis rises or falls all along, while spectra mostly do not, or are of another size. */
function isAxisRow(first: readonly number[], body: readonly (readonly number[])[]): boolean {
  const axis = first.filter(Number.isFinite);
  if (axis.length < 3 || !isMonotonic(axis)) return false;
  const alsoMonotonic = body.filter((row) => isMonotonic(row.filter(Number.isFinite))).length;
  if (alsoMonotonic < 0.5 * body.length) return true;
  const size = (values: readonly number[]): number => {
    const sorted = values
      .filter(Number.isFinite)
      .map(Math.abs)
      .sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  };
  return size(axis) > 8 * size(body.flat());
}

/** Samples in columns: the first column is an axis, and going down a column the values change smoothly. */
function detectOrientation(
  names: readonly string[],
  data: readonly (readonly string[])[],
  style: NumberStyle,
  header: boolean,
  hint: FileRole | null,
): Orientation {
  const rows: Orientation = 'samples-in-rows';
  if (hint === 'targets' || hint === 'split' || hint === 'metadata') return rows;
  const axis = data.map((row) => numberFromText(row[0] ?? '', style));
  if (axis.length < 5 || names.length < 2 || !axis.every(Number.isFinite) || !isMonotonic(axis)) return rows;
  const named =
    unitFromWords(names[0] ?? '') !== null || /^(x|wl|lambda|channel|frequency|shift)$/i.test(names[0] ?? '');
  if (named) return 'samples-in-columns';
  if (isIdName(names[0] ?? '')) return rows;
  const across = names.slice(1).map((name) => axisName(name, style)?.value ?? NaN);
  const headerIsAxis =
    header && across.length >= 3 && across.every(Number.isFinite) && isMonotonic(across) && !isChannelCount(across);
  if (headerIsAxis) return rows;
  if (isChannelCount(axis) && names.length > 3) return rows; // a plain row number
  // Two columns are a spectrum or a list of references by number; a curve is far from both extremes.
  return smoothness(data, names.length, style) > (names.length === 2 ? 0.5 : 0.8) ? 'samples-in-columns' : rows;
}

/** Median over columns (the first left out) of the correlation of neighbours down the column. */
function smoothness(data: readonly (readonly string[])[], width: number, style: NumberStyle): number {
  const step = Math.max(1, Math.floor((width - 1) / 20));
  const found: number[] = [];
  for (let k = 1; k < width; k += step) {
    const values = data.map((row) => numberFromText(row[k] ?? '', style));
    if (values.some(Number.isNaN)) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    let across = 0;
    let total = 0;
    values.forEach((value, i) => {
      total += (value - mean) ** 2;
      if (i > 0) across += (value - mean) * ((values[i - 1] ?? 0) - mean);
    });
    found.push(total === 0 ? 0 : across / total);
  }
  found.sort((a, b) => a - b);
  // Short tables lose part of the correlation at their ends.
  const correction = data.length / Math.max(1, data.length - 1.5);
  return (found[found.length >> 1] ?? 0) * correction;
}

function override(columns: readonly ColumnLayout[], options: FileOptions): ColumnLayout[] {
  const wanted = options.columns ?? {};
  return columns.map((column, k) => {
    const role = wanted[`#${k + 1}`] ?? (Object.hasOwn(wanted, column.name) ? wanted[column.name] : undefined);
    return role === undefined || role === column.role ? column : { ...column, role };
  });
}

const isNumber = (text: string, style: NumberStyle): boolean => !Number.isNaN(numberFromText(text, style));
