import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { referenceData } from '#tests/support/referenceData.ts';

/** Spectra and targets of a reference dataset, in file order. */
export interface ReferenceSet {
  readonly x: Matrix;
  /** Axis values from the header. */
  readonly axis: Float64Array;
  target(name: string): Float64Array;
}

/** A file of tests/golden. The caller states the shape that it expects. */
export const golden = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', name), 'utf8'));

/** A golden file that is not ours to copy, from the reference data folder. */
export const referenceGolden = (name: string): unknown =>
  JSON.parse(readFileSync(referenceData('golden', name), 'utf8'));

/** The Tecator sample of the project, or of the reference data while the sample is not installed. */
export function tecator(): ReferenceSet & { readonly split: readonly string[] } {
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'tecator');
  const folder = existsSync(join(shipped, 'X.csv')) ? shipped : referenceData('tecator');
  const split = table(join(folder, 'split.csv')).rows.map((row) => row[0] ?? '');
  return { ...referenceSet(join(folder, 'X.csv'), join(folder, 'Y.csv')), split };
}

/** Spectra and targets from two CSV files with a header and sample names in the first column. */
export function referenceSet(xFile: string, yFile: string): ReferenceSet {
  const x = table(xFile);
  const y = table(yFile);
  return {
    x: fromRows(x.rows.map((row) => row.map(Number))),
    axis: Float64Array.from(x.header, Number),
    target: (name) => Float64Array.from(y.rows, (row) => Number(row[y.header.indexOf(name)])),
  };
}

function table(file: string): { header: string[]; rows: string[][] } {
  const [header = [], ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').slice(1));
  return { header, rows };
}
