import { neverCancelled } from '#core/base/cancellation.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fileStem } from '#core/io/fileRoleHint.ts';
import type { FileInspection } from '#core/io/inspectFile.ts';
import type { ImportPlan } from '#core/io/planImport.ts';
import { cellText } from '#core/io/recordScanner.ts';
import { splitLabels } from '#core/io/splitLabels.ts';
import { readRecords } from '#core/io/tableReader.ts';

export interface SpectraIds {
  readonly ids: readonly string[] | null;
  readonly rows: number;
  /** Labels of a split column of the same file, one for each id. */
  readonly split: readonly string[] | null;
  /** False when only the beginning of a large file was looked at: `ids` holds those, `rows` is an estimate. */
  readonly exact: boolean;
}

/** The sample ids (and split labels) of the spectra, without reading their numbers. */
export async function spectraIds(plan: ImportPlan, files: FilePort): Promise<SpectraIds> {
  const { singles } = plan;
  if (singles.length > 0)
    return { ids: singles.map((single) => fileStem(single.file)), rows: singles.length, split: null, exact: true };
  return tableIds(plan.main, files);
}

/** The same of one table. */
export async function tableIds(main: FileInspection, files: FilePort): Promise<SpectraIds> {
  const { columns } = main.layout;
  if (main.layout.orientation === 'samples-in-columns') {
    const samples = columns.filter((column) => column.role === 'spectra');
    return {
      ids: main.format.header ? samples.map((column) => column.name) : null,
      rows: samples.length,
      split: null,
      exact: true,
    };
  }
  const id = columns.findIndex((column) => column.role === 'id');
  const splitColumn = columns.findIndex((column) => column.role === 'split');
  const labels = (values: string[]): readonly string[] | null =>
    splitColumn === -1 ? null : splitLabels(columns[splitColumn]?.name ?? '', values);
  if (main.rowsExact || main.bytes > READ_WHOLE_BYTES) {
    const rows = main.layout.header ? main.grid.rows.slice(1) : main.grid.rows;
    return {
      ids: id === -1 ? null : rows.map((row) => row[id] ?? ''),
      rows: main.rows,
      split: labels(rows.map((row) => row[splitColumn] ?? '')),
      exact: main.rowsExact,
    };
  }
  const ids: string[] = [];
  const splits: string[] = [];
  let rows = 0;
  const context = { files, cancel: neverCancelled, onBytes: () => undefined };
  await readRecords({ ...main, width: columns.length }, context, (record) => {
    rows++;
    if (id !== -1) ids.push(cellText(record, id));
    if (splitColumn !== -1) splits.push(cellText(record, splitColumn));
    return true;
  });
  return { ids: id === -1 ? null : ids, rows, split: labels(splits), exact: true };
}

/** Up to this size a file is scanned whole for its ids, within the time of a preview. */
const READ_WHOLE_BYTES = 16 << 20;
