import type { CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { numberFromText, isMissingText } from '#core/io/numberText.ts';
import type { ImportPlan } from '#core/io/planImport.ts';
import { readTable, type Problems, type TableData } from '#core/io/readTable.ts';
import { singleSource } from '#core/io/singleSource.ts';
import { CellProblems, type ReadContext } from '#core/io/tableReader.ts';

export interface PreviewSpectra {
  readonly n: number;
  readonly ids: readonly string[];
  readonly axis: Float64Array;
  /** n × axis.length, NaN where a cell is blank or no number. */
  readonly values: Float64Array;
  readonly problems: Problems;
}

/** The first spectra, from the part of the file that was looked at already. */
export async function previewSpectra(plan: ImportPlan, files: FilePort, cancel: CancelToken): Promise<PreviewSpectra> {
  const problems: Problems = { missing: new CellProblems(), bad: new CellProblems() };
  const { main } = plan;
  const { columns, orientation } = main.layout;
  const data = main.layout.header ? main.grid.rows.slice(1) : main.grid.rows;
  const lines = main.layout.header ? main.grid.lines.slice(1) : main.grid.lines;
  const number = (text: string, line: number, column: string): number => {
    const value = numberFromText(text, main.format);
    if (Number.isNaN(value))
      (isMissingText(text) ? problems.missing : problems.bad).add({ file: main.file, line, column, found: text });
    return value;
  };
  const spectral = columns.flatMap((column, k) => (column.role === 'spectra' ? [k] : []));
  if (orientation === 'samples-in-columns') return turnedPreview(plan, files, cancel, problems);
  const id = columns.findIndex((column) => column.role === 'id');
  const wavelengths = Float64Array.from(spectral, (k) => columns[k]?.wavelength ?? NaN);
  const axis = wavelengths.every(Number.isNaN) ? wavelengths.map((_, j) => j) : wavelengths;
  // Numbers of the other columns are looked at too, so that text among them is listed.
  const targets = columns.flatMap((column, k) => (column.role === 'target' ? [k] : []));
  data.forEach((row, i) => {
    for (const k of targets) {
      const text = row[k] ?? '';
      if (!isMissingText(text)) number(text, lines[i] ?? 0, columns[k]?.name ?? '');
    }
  });
  const rows = data.map((row, i) => spectral.map((k) => number(row[k] ?? '', lines[i] ?? 0, columns[k]?.name ?? '')));
  return {
    ...flat(rows.slice(0, PREVIEW_SPECTRA), axis),
    ids: data.slice(0, PREVIEW_SPECTRA).map((row, i) => (id === -1 ? String(i + 1) : (row[id] ?? ''))),
    problems,
  };
}

/** Samples in columns need the whole file, since every row holds one wavelength only. */
async function turnedPreview(
  plan: ImportPlan,
  files: FilePort,
  cancel: CancelToken,
  problems: Problems,
): Promise<PreviewSpectra> {
  const tables =
    plan.singles.length > 1
      ? await readableSingles(plan, files, cancel)
      : [await readTable(plan.main, quietly(files, cancel), problems)];
  const axis = tables[0]?.spectra?.axis ?? new Float64Array(0);
  const p = axis.length;
  const rows: Float64Array[] = [];
  const ids: string[] = [];
  for (const table of tables) {
    if (table.spectra?.axis.length !== p) continue; // the import tells about different axes
    for (let i = 0; i < table.rows && rows.length < PREVIEW_SPECTRA; i++) {
      rows.push(table.spectra.x.subarray(i * p, (i + 1) * p));
      ids.push(table.ids?.[i] ?? String(i + 1));
    }
  }
  return { ...flat(rows, axis), ids, problems };
}

/** The first of many files with one spectrum each. Broken ones are passed over here and listed by the import. */
async function readableSingles(plan: ImportPlan, files: FilePort, cancel: CancelToken): Promise<TableData[]> {
  const problems: Problems = { missing: new CellProblems(), bad: new CellProblems() };
  const tables: TableData[] = [];
  for (const single of plan.singles.slice(0, PREVIEW_SPECTRA)) {
    cancel.check();
    const table = await singleSource(single, plan, files)
      .then((source) => readTable(source, quietly(files, cancel), problems))
      .catch((error: unknown) => {
        if (error instanceof EngineError) return null;
        throw error;
      });
    if (table) tables.push(table);
  }
  return tables;
}

const quietly = (files: FilePort, cancel: CancelToken): ReadContext => ({ files, cancel, onBytes: () => undefined });

function flat(
  rows: readonly ArrayLike<number>[],
  axis: Float64Array,
): { n: number; axis: Float64Array; values: Float64Array } {
  const values = new Float64Array(rows.length * axis.length);
  rows.forEach((row, i) => values.set(row, i * axis.length));
  return { n: rows.length, axis, values };
}

const PREVIEW_SPECTRA = 50;
