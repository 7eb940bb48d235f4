import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Axis } from '#core/data/axis.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';

/** The Tecator meat spectra (215 × 100) with fat, from the samples that ship with the application. */
export function tecator(): { readonly x: Matrix; readonly y: Float64Array; readonly axis: Axis } {
  const spectra = readTable('X.csv');
  const targets = readTable('Y.csv');
  const cols = spectra.header.length - 1;
  const data = Float64Array.from(spectra.rows.flatMap((row) => row.slice(1).map(Number)));
  const fat = targets.header.indexOf('fat');
  return {
    x: matrix(spectra.rows.length, cols, data),
    y: Float64Array.from(targets.rows, (row) => Number(row[fat])),
    axis: { values: Float64Array.from(spectra.header.slice(1), Number), unit: 'nm' },
  };
}

function readTable(name: string): { header: string[]; rows: string[][] } {
  const folder = FOLDERS.find((candidate) => existsSync(join(candidate, name)));
  if (folder === undefined) throw new Error(`The Tecator example (${name}) is in none of: ${FOLDERS.join(', ')}.`);
  const lines = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/);
  const [header = [], ...rows] = lines.map((line) => line.split(','));
  return { header, rows };
}

const FOLDERS = [
  'resources/samples/tecator',
  join(process.env['REFRACT_REFERENCE_DATA'] ?? '../shared/data', 'tecator'),
];
