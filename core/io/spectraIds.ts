import { neverCancelled } from '#core/base/cancellation.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fileStem } from '#core/io/fileRoleHint.ts';
import type { ImportPlan } from '#core/io/planImport.ts';
import { cellText } from '#core/io/recordScanner.ts';
import { readRecords } from '#core/io/tableReader.ts';

export interface SpectraIds {
  readonly ids: readonly string[] | null;
  readonly rows: number;
  /** False when only the beginning of a large file was looked at: `ids` holds those, `rows` is an estimate. */
  readonly exact: boolean;
}

/** The sample ids of the spectra, without reading their numbers. */
export async function spectraIds(plan: ImportPlan, files: FilePort): Promise<SpectraIds> {
  const { main, singles } = plan;
  if (singles.length > 0)
    return { ids: singles.map((single) => fileStem(single.file)), rows: singles.length, exact: true };
  const { columns } = main.layout;
  if (main.layout.orientation === 'samples-in-columns') {
    const samples = columns.filter((column) => column.role === 'spectra');
    return { ids: main.format.header ? samples.map((column) => column.name) : null, rows: samples.length, exact: true };
  }
  const id = columns.findIndex((column) => column.role === 'id');
  if (main.rowsExact || main.bytes > READ_WHOLE_BYTES) {
    const rows = main.layout.header ? main.grid.rows.slice(1) : main.grid.rows;
    return { ids: id === -1 ? null : rows.map((row) => row[id] ?? ''), rows: main.rows, exact: main.rowsExact };
  }
  const ids: string[] = [];
  let rows = 0;
  const context = { files, cancel: neverCancelled, onBytes: () => undefined };
  await readRecords({ ...main, width: columns.length }, context, (record) => {
    rows++;
    if (id !== -1) ids.push(cellText(record, id));
    return true;
  });
  return { ids: id === -1 ? null : ids, rows, exact: true };
}

/** Up to this size a file is scanned whole for its ids, within the time of a preview. */
const READ_WHOLE_BYTES = 16 << 20;
