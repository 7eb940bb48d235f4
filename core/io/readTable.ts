import { EngineError } from '#core/base/errors.ts';
import type { TableFormat } from '#core/contract/imports.ts';
import type { ColumnLayout, TableLayout } from '#core/io/detectLayout.ts';
import { fileStem } from '#core/io/fileRoleHint.ts';
import { SharedDoubles } from '#core/io/sharedDoubles.ts';
import { splitLabels } from '#core/io/splitLabels.ts';
import { CellProblems, numberReader, readRecords, textReader, type ReadContext } from '#core/io/tableReader.ts';

/** The content of one file, samples in rows whatever the file's orientation. */
export interface TableData {
  readonly file: string;
  readonly rows: number;
  /** Null when the file names no samples. */
  readonly ids: readonly string[] | null;
  /** The line of each row (of each column's header with samples in columns). */
  readonly lines: readonly number[];
  /** rows × axis.length on shared memory, NaN where missing; null without spectral columns. */
  readonly spectra: { readonly axis: Float64Array; readonly named: boolean; readonly x: Float64Array } | null;
  readonly targets: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly metadata: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly split: readonly string[] | null;
}

/** One file and how to read it. */
export interface TableSource {
  readonly file: string;
  readonly path: string;
  readonly format: TableFormat;
  readonly layout: TableLayout;
  /** About how many data rows there are. */
  readonly rows: number;
}

/** Where trouble with cells is collected: blanks in spectra, and text where numbers belong. */
export interface Problems {
  readonly missing: CellProblems;
  readonly bad: CellProblems;
}

/** Reads one file from beginning to end. Which problems are fatal is decided by the caller. */
export const readTable = (source: TableSource, context: ReadContext, problems: Problems): Promise<TableData> =>
  source.layout.orientation === 'samples-in-columns'
    ? readColumns(source, context, problems)
    : readRows(source, context, problems);

async function readRows(source: TableSource, context: ReadContext, problems: Problems): Promise<TableData> {
  const { file, format, layout } = source;
  const { columns } = layout;
  const named = (k: number): string => columnLabel(columns, k);
  const number = numberReader(file, format, named, problems);
  const targetNumber = numberReader(file, format, named, { missing: new CellProblems(), bad: problems.bad });
  const text = textReader(file, format);
  const spectral = columnsWith(columns, 'spectra');
  const id = columnsWith(columns, 'id')[0];
  const split = columnsWith(columns, 'split')[0];
  const targets = columnsWith(columns, 'target').map((k) => ({ k, values: [] as number[] }));
  const metadata = columnsWith(columns, 'metadata').map((k) => ({ k, values: [] as string[] }));
  const axis = spectralAxis(source, spectral);
  const x = new SharedDoubles(file, spectral.length === 0 ? 0 : Math.ceil(source.rows * 1.02 + 2) * spectral.length);
  const ids: string[] = [];
  const splits: string[] = [];
  const lines: number[] = [];

  await readRecords({ ...source, width: columns.length }, context, (record) => {
    lines.push(record.line);
    if (id !== undefined) ids.push(text(record, id));
    if (split !== undefined) splits.push(text(record, split));
    for (const target of targets) target.values.push(targetNumber(record, target.k));
    for (const column of metadata) column.values.push(text(record, column.k));
    const { data, at } = x.extend(spectral.length);
    for (let j = 0; j < spectral.length; j++) data[at + j] = number(record, spectral[j] as number);
    return true;
  });

  if (lines.length === 0) throw new EngineError('data.empty', { file });
  return {
    file,
    rows: lines.length,
    ids: id === undefined ? null : ids,
    lines,
    spectra: spectral.length === 0 ? null : { ...axis, x: x.finish() },
    targets: targets.map(({ k, values }) => ({ name: named(k), values: Float64Array.from(values) })),
    metadata: metadata.map(({ k, values }) => ({ name: named(k), values })),
    split: split === undefined ? null : splitLabels(named(split), splits),
  };
}

/** Samples in columns: the file's rows are wavelengths, so the numbers are turned over at the end. */
async function readColumns(source: TableSource, context: ReadContext, problems: Problems): Promise<TableData> {
  const { file, format, layout } = source;
  const { columns } = layout;
  const number = numberReader(file, format, (k) => columnLabel(columns, k), problems);
  const samples = columnsWith(columns, 'spectra');
  const turned = new SharedDoubles(file, Math.ceil(source.rows * 1.02 + 2) * samples.length);
  const axis: number[] = [];
  const unusable = { missing: new CellProblems(), bad: new CellProblems() };
  const axisNumber = numberReader(file, format, (k) => columnLabel(columns, k), unusable);

  await readRecords({ ...source, width: columns.length }, context, (record) => {
    const wavelength = axisNumber(record, 0);
    const wrong = unusable.bad.first[0] ?? unusable.missing.first[0];
    if (wrong) throw new EngineError('data.axis-value', wrong);
    axis.push(wavelength);
    const { data, at } = turned.extend(samples.length);
    for (let i = 0; i < samples.length; i++) data[at + i] = number(record, samples[i] as number);
    return true;
  });

  if (axis.length === 0) throw new EngineError('data.empty', { file });
  const [n, p] = [samples.length, axis.length];
  const from = turned.finish();
  const x = new Float64Array(new SharedArrayBuffer(8 * n * p));
  for (let j = 0; j < p; j++) for (let i = 0; i < n; i++) x[i * p + j] = from[j * n + i] as number;
  const names = samples.map((k) => columns[k]?.name ?? '');
  return {
    file,
    rows: n,
    ids: n === 1 ? [fileStem(file)] : format.header ? names : null,
    lines: samples.map(() => 1),
    spectra: { axis: Float64Array.from(axis), named: true, x },
    targets: [],
    metadata: [],
    split: null,
  };
}

const columnsWith = (columns: readonly ColumnLayout[], role: string): number[] =>
  columns.flatMap((column, k) => (column.role === role ? [k] : []));

const columnLabel = (columns: readonly ColumnLayout[], k: number): string => columns[k]?.name || `column ${k + 1}`;

/** Wavelengths from the names of the spectral columns; channel numbers where none of them has one. */
function spectralAxis(source: TableSource, spectral: readonly number[]): { axis: Float64Array; named: boolean } {
  const { columns } = source.layout;
  const values = Float64Array.from(spectral, (k) => columns[k]?.wavelength ?? NaN);
  const unnamed = values.findIndex(Number.isNaN);
  if (unnamed === -1) return { axis: values, named: true };
  if (values.every(Number.isNaN)) return { axis: values.map((_, j) => j), named: false };
  const k = spectral[unnamed] ?? 0;
  throw new EngineError('data.axis-value', {
    file: source.file,
    line: source.format.skipLines + 1,
    column: `${k + 1}`,
    found: columns[k]?.name ?? '',
  });
}
