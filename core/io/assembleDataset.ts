import { EngineError } from '#core/base/errors.ts';
import type { DataReport } from '#core/contract/imports.ts';
import type { Dataset, MetadataColumn, Target } from '#core/data/dataset.ts';
import { sideBySide } from '#core/data/sources.ts';
import { baseName } from '#core/io/baseName.ts';
import { applyMissingPolicy } from '#core/io/missingPolicy.ts';
import type { ImportPlan } from '#core/io/planImport.ts';
import type { SpectraData } from '#core/io/readSpectra.ts';
import type { TableData } from '#core/io/readTable.ts';
import type { SideTables } from '#core/io/sideTables.ts';
import { sourcePart, wideSpectra, type SourceTable } from '#core/io/sourceTables.ts';

/** Everything that was read for one import. */
export interface ReadFiles {
  readonly data: SpectraData;
  /** The first is `data`. */
  readonly sources: readonly SourceTable[];
  readonly sides: SideTables;
}

/** Puts what was read together; samples or wavelengths with gaps leave as the options say. */
export function assembleDataset(
  plan: ImportPlan,
  { data, sources, sides }: ReadFiles,
  mayHaveGaps: boolean,
): { dataset: Dataset; dropped: DataReport['dropped'] } {
  const n = data.rows;
  const columns = sources.flatMap(({ spectra }, at) => Array.from(spectra.axis.keys(), (j) => ({ at, j })));
  const ids = sampleIds(data, [...sources, ...sides.used]);
  let x = wideSpectra(sources, n);
  let rows: Int32Array | null = null;
  let left: readonly { readonly at: number; readonly j: number }[] = columns;
  const dropped: DataReport['dropped'] = { samples: [], wavelengths: [] };
  const firstGap = mayHaveGaps ? x.findIndex(Number.isNaN) : -1;
  if (firstGap !== -1) {
    const { missing } = plan.options;
    // Text that is taken as missing leaves a gap, for which the rule for gaps holds.
    if (missing === 'refuse') throw gapLeft(sources, columns, firstGap);
    const kept = applyMissingPolicy(x, n, columns.length, missing);
    x = kept.x;
    rows = kept.rows;
    const stay = new Set(kept.rows);
    dropped.samples.push(...ids.filter((_, i) => !stay.has(i)));
    const stayColumns = new Set(kept.columns);
    left = columns.filter((_, j) => stayColumns.has(j));
    for (const [j, { at, j: own }] of columns.entries())
      if (!stayColumns.has(j)) dropped.wavelengths.push(sources[at]?.spectra.axis[own] ?? NaN);
  }
  const keep = <T>(values: readonly T[]): readonly T[] =>
    rows === null ? values : Array.from(rows, (i) => values[i] as T);
  const keepNumbers = (values: Float64Array): Float64Array =>
    rows === null ? values : Float64Array.from(rows, (i) => values[i] as number);

  const targets: Target[] = [];
  const metadata: MetadataColumn[] = [];
  let split: readonly string[] | null = null;
  // Columns that are not spectra: first of the first source, then of the others, then of the files beside them.
  const add = (table: TableData, index: Int32Array | null): void => {
    const at = <T>(values: ArrayLike<T>, none: T): T[] =>
      Array.from({ length: n }, (_, i) => values[index === null ? i : (index[i] ?? -1)] ?? none);
    for (const { name, values } of table.targets)
      targets.push(namedTarget(name, keepNumbers(Float64Array.from(at(values, NaN)))));
    for (const { name, values } of table.metadata) metadata.push({ name, values: keep(at(values, '')) });
    if (table.split !== null) split = keep(at(table.split, ''));
  };
  for (const table of sources) add(table.data, table.join?.index ?? null);
  for (const side of sides.used) add(side.data, side.join.index);

  const parts = sources.map((table, at) =>
    sourcePart(
      plan,
      table,
      left.flatMap((column) => (column.at === at ? [column.j] : [])),
    ),
  );
  const gone = parts.find(({ axis }) => axis.values.length === 0);
  if (gone !== undefined)
    throw new EngineError('data.nothing-left', { reason: `every column of ${gone.name} has a missing value.` });
  const whole = sideBySide(parts);
  const [only] = parts;
  const several = parts.length > 1 || only === undefined;
  return {
    dropped,
    dataset: {
      name: plan.name,
      source: {
        name: several
          ? parts.map(({ name }) => name).join(' + ')
          : plan.singles.length > 1
            ? plan.name
            : baseName(plan.main.file),
        axis: several ? whole.axis : only.axis,
        x: { rows: rows?.length ?? n, cols: left.length, data: x },
        signal: whole.signal,
      },
      ...(several ? { sources: whole.sources } : {}),
      sampleIds: keep(ids),
      targets: uniqueNames(targets),
      metadata: uniqueNames(metadata),
      split,
      files: [
        ...(plan.singles.length > 1 ? fileNames(plan) : [plan.main.file]),
        ...plan.sources.map(({ file }) => file),
        ...sides.used.map((side) => side.inspection.file),
      ],
    },
  };
}

/** The names of many files as one entry, since nobody reads thousands. */
function fileNames(plan: ImportPlan): string[] {
  const names = plan.singles.map((single) => single.file);
  return names.length <= 20 ? names : [`${names[0] ?? ''} … ${names.at(-1) ?? ''} (${names.length} files)`];
}

/** Ids of the spectra; else, for files joined by order, the ids of another file; else the row numbers from 1. */
function sampleIds(data: SpectraData, others: readonly Pick<SourceTable, 'data' | 'join'>[]): readonly string[] {
  if (data.ids) return data.ids;
  const other = others.find((table) => table.data.ids !== null && table.join?.report.by === 'order');
  return other?.data.ids ?? Array.from({ length: data.rows }, (_, i) => String(i + 1));
}

function gapLeft(
  sources: readonly SourceTable[],
  columns: readonly { readonly at: number; readonly j: number }[],
  place: number,
): EngineError {
  const row = Math.floor(place / columns.length);
  const column = columns[place - row * columns.length];
  const table = sources[column?.at ?? 0];
  const line = table?.data.lines[table.join === null ? row : (table.join.index[row] ?? 0)] ?? 0;
  const name = String(table?.spectra.axis[column?.j ?? 0]);
  const cell = { file: table?.inspection.file ?? '', line, column: name, found: 'text taken as missing' };
  return new EngineError('data.missing-values', { count: 1, cells: [cell] });
}

/** "Protein [%]" and "Protein (%)" are the target Protein in %. */
function namedTarget(header: string, values: Float64Array): Target {
  const match = /^(.*\S)\s*[[(]([^\])]{1,20})[\])]$/.exec(header.trim());
  return match
    ? { name: match[1] ?? header, unit: match[2] ?? null, values }
    : { name: header.trim(), unit: null, values };
}

/** Two columns of one name would be one choice in every list. */
function uniqueNames<T extends { readonly name: string }>(columns: readonly T[]): T[] {
  const used = new Map<string, number>();
  return columns.map((column) => {
    const count = (used.get(column.name) ?? 0) + 1;
    used.set(column.name, count);
    return count === 1 ? column : { ...column, name: `${column.name} (${count})` };
  });
}
