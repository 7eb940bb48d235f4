import { neverCancelled } from '#core/base/cancellation.ts';
import type {
  CellProblem, ColumnProposal, FileProposal, FileRole, ImportOptions, ImportProposal,
} from '#core/contract/imports.ts'; // prettier-ignore
import { guessUnit } from '#core/io/detectAxis.ts';
import { guessSignal } from '#core/io/detectSignal.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { formatQuestions } from '#core/io/formatQuestions.ts';
import type { FileInspection } from '#core/io/inspectFile.ts';
import { importPartitions } from '#core/io/importPartitions.ts';
import { inspectSources } from '#core/io/inspectSources.ts';
import { mergeProposals } from '#core/io/mergeProposals.ts';
import { planImport, sourceNames, type ImportPlan } from '#core/io/planImport.ts';
import { previewSpectra } from '#core/io/previewSpectra.ts';
import { sideTables } from '#core/io/sideTables.ts';
import { spectraIds } from '#core/io/spectraIds.ts';
import { countLabels } from '#core/data/countLabels.ts';

/**
 * Looks at files without importing them: what each is, how it is written, how they belong together, and what remains
 * to be asked. Paths are files, one folder, or a dataset file.
 *
 * @throws EngineError data.* when a file cannot be a table, or none holds spectra
 */
export async function inspectImport(
  paths: readonly string[],
  files: FilePort,
  options: Partial<ImportOptions> = {},
): Promise<ImportProposal> {
  const parts: { part: string | null; proposal: ImportProposal }[] = [];
  for (const part of await importPartitions(paths, files, options))
    parts.push({ part, proposal: await inspectPart(await planImport(paths, files, options, part), files) });
  return mergeProposals(parts);
}

/** The files of one plan. */
async function inspectPart(plan: ImportPlan, files: FilePort): Promise<ImportProposal> {
  const { main } = plan;
  const spectra = await spectraIds(plan, files);
  const sides = await sideTables(plan, spectra, files);
  const preview = await previewSpectra(plan, files, neverCancelled);
  const sources = await inspectSources(plan, { ids: spectra, preview }, files);
  const stated = plan.options.axisUnit === 'auto' ? main.layout.unit : plan.options.axisUnit;
  const unit = stated === 'index' ? { unit: stated, confidence: 1, note: null } : guessUnit(preview.axis, stated);
  const p = preview.axis.length;
  const signal =
    plan.options.signal === 'auto'
      ? guessSignal(preview.values, main.file)
      : { type: plan.options.signal, confidence: 1 };
  const used = [main, ...plan.sources, ...sides.used.map((side) => side.inspection)];
  const splitSide = sides.used.find((side) => side.data.split !== null);
  const joinedSplit = splitSide
    ? [...splitSide.join.index].map((row) => (row < 0 ? '' : (splitSide.data.split?.[row] ?? '')))
    : spectra.split;
  const countedRows = (entry: FileInspection): { rows?: number; rowsExact?: boolean } => {
    const side = sides.used.find((one) => one.inspection === entry);
    if (side) return { rows: side.data.rows, rowsExact: true };
    return entry === main && spectra.exact && main.layout.orientation === 'samples-in-rows'
      ? { rows: spectra.rows, rowsExact: true }
      : {};
  };
  const names = sourceNames(plan);
  const sourceOf = (entry: FileInspection): { source?: string } => {
    const source = plan.sources.length === 0 ? undefined : names[[main, ...plan.sources].indexOf(entry)];
    return source === undefined ? {} : { source };
  };
  const bad: CellProblem[] = [...preview.problems.bad.first, ...preview.problems.missing.first];
  for (const side of sides.used) bad.push(...side.bad.first);
  return {
    name: plan.name,
    files: [
      ...used.map((entry) => ({
        ...fileProposal(
          entry,
          roleOf(entry, plan, sides.used),
          noteOf(entry, plan),
          entry === main ? Math.max(1, plan.singles.length) : 1,
        ),
        ...countedRows(entry),
        ...sourceOf(entry),
      })),
      ...[...plan.leftOut, ...sides.leftOut].map((entry) =>
        entry.inspection
          ? fileProposal(entry.inspection, 'ignore', entry.note, 1)
          : withoutTable(entry.file, entry.note),
      ),
    ],
    samples: spectra.rows,
    samplesExact: spectra.exact,
    axis:
      p === 0
        ? null
        : {
            unit: unit.unit,
            unitConfidence: unit.confidence,
            from: preview.axis[0] ?? 0,
            to: preview.axis[p - 1] ?? 0,
            count: p,
          },
    signal,
    ...(sources.reports === undefined ? {} : { sources: sources.reports }),
    targets: used.flatMap((entry) => columnNames(entry, 'target')),
    metadata: used.flatMap((entry) => columnNames(entry, 'metadata')),
    split: joinedSplit === null ? null : countLabels(joinedSplit),
    joins: [...sources.joins, ...sides.used.map((side) => side.join.report)],
    questions: [
      ...used.flatMap((entry) => formatQuestions(entry, plan.options)),
      ...sources.questions,
      ...sides.questions,
    ],
    warnings: [
      ...sources.warnings,
      ...sides.warnings,
      ...(unit.note ? [unit.note] : []),
      ...(spectra.exact ? [] : [PARTLY]),
    ],
    badCells: bad.slice(0, 100),
    preview: {
      n: preview.n,
      ids: [...preview.ids],
      axis: Float64Array.from(preview.axis),
      values: Float64Array.from(preview.values),
    },
    options: plan.options,
  };
}

const columnNames = (entry: FileInspection, role: string): string[] =>
  entry.layout.columns.flatMap((column, k) => (column.role === role ? [column.name || `column ${k + 1}`] : []));

function roleOf(
  entry: FileInspection,
  plan: ImportPlan,
  sides: readonly { inspection: FileInspection; role: FileRole }[],
): FileRole {
  if (entry === plan.main) return plan.singles.length > 0 ? 'single-spectra' : 'spectra';
  return sides.find((side) => side.inspection === entry)?.role ?? entry.role;
}

function noteOf(entry: FileInspection, plan: ImportPlan): string {
  if (entry !== plan.main) return '';
  if (plan.singles.length > 1) return `${plan.singles.length} files with one spectrum each.`;
  return entry.layout.orientation === 'samples-in-columns' ? 'Samples stand in columns.' : '';
}

function fileProposal(entry: FileInspection, role: FileRole, note: string, members: number): FileProposal {
  return {
    file: entry.file,
    role,
    note,
    members,
    bytes: entry.bytes,
    format: entry.format,
    confidence: entry.confidence,
    rows: entry.rows,
    rowsExact: entry.rowsExact,
    columns: entry.layout.columns.length,
    preview: entry.grid.rows
      .slice(0, 20)
      .map((row, i) => ({ line: entry.grid.lines[i] ?? 0, cells: row.slice(0, 12) })),
    columnRoles: columnBlocks(entry),
  };
}

const withoutTable = (file: string, note: string): FileProposal => ({
  file, role: 'ignore', note, members: 1, bytes: 0, format: null, confidence: 0, rows: 0, rowsExact: true, columns: 0, preview: [], columnRoles: [],
}); // prettier-ignore

/** Neighbouring spectral columns become one entry; every other column stands alone. */
function columnBlocks(entry: FileInspection): ColumnProposal[] {
  const blocks: ColumnProposal[] = [];
  entry.layout.columns.forEach((column, k) => {
    const name = column.name || `column ${k + 1}`;
    const last = blocks.at(-1);
    if (last && last.role === 'spectra' && column.role === 'spectra')
      blocks[blocks.length - 1] = { ...last, count: last.count + 1, lastName: name };
    else blocks.push({ column: k + 1, count: 1, name, lastName: name, numeric: column.numeric, role: column.role });
  });
  return blocks;
}

const PARTLY =
  'The file is large, so only its beginning was looked at; numbers of rows are estimates until the import.';
