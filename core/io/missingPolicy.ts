import { EngineError } from '#core/base/errors.ts';
import type { ImportOptions } from '#core/contract/imports.ts';

export interface Kept {
  /** n × p on shared memory without NaN. */
  readonly x: Float64Array;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/**
 * Removes missing values from spectra (n × p, NaN where missing) by the chosen rule: samples that have any, or
 * wavelengths that have any. Returns which rows and columns are left.
 */
export function applyMissingPolicy(
  x: Float64Array,
  n: number,
  p: number,
  policy: Exclude<ImportOptions['missing'], 'refuse'>,
): Kept {
  const badRows = new Uint8Array(n);
  const badColumns = new Uint8Array(p);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < p; j++)
      if (Number.isNaN(x[i * p + j])) {
        badRows[i] = 1;
        badColumns[j] = 1;
      }
  const dropRows = policy === 'drop-samples';
  const rows = Int32Array.from({ length: n }, (_, i) => i).filter((i) => !dropRows || badRows[i] === 0);
  const columns = Int32Array.from({ length: p }, (_, j) => j).filter((j) => dropRows || badColumns[j] === 0);
  if (rows.length === 0) throw new EngineError('data.nothing-left', { reason: 'every sample has a missing value.' });
  if (columns.length === 0)
    throw new EngineError('data.nothing-left', { reason: 'every wavelength has a missing value.' });
  const kept = new Float64Array(new SharedArrayBuffer(8 * rows.length * columns.length));
  let at = 0;
  for (const i of rows) for (const j of columns) kept[at++] = x[i * p + j] as number;
  return { x: kept, rows, columns };
}
