import { neverCancelled } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import type { ImportQuestion } from '#core/contract/imports.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fileRoleHint, fileStem } from '#core/io/fileRoleHint.ts';
import type { FileInspection } from '#core/io/inspectFile.ts';
import { joinRows, type RowJoin } from '#core/io/joinRows.ts';
import type { ImportPlan, LeftOut } from '#core/io/planImport.ts';
import { readTable, type Problems, type TableData } from '#core/io/readTable.ts';
import { CellProblems } from '#core/io/tableReader.ts';

type SideRole = 'targets' | 'split' | 'metadata';

/** A file beside the spectra that was read and put together with them. */
export interface SideTable {
  readonly role: SideRole;
  readonly inspection: FileInspection;
  readonly data: TableData;
  readonly join: RowJoin;
  readonly bad: CellProblems;
}

/** The spectra that files are joined to. */
export interface JoinTarget {
  readonly ids: readonly string[] | null;
  readonly rows: number;
  /** False when only the first of many samples are known yet: then nothing can be said to be missing. */
  readonly exact?: boolean;
}

export interface SideTables {
  readonly used: readonly SideTable[];
  readonly leftOut: readonly LeftOut[];
  readonly questions: readonly ImportQuestion[];
  readonly warnings: readonly string[];
}

/**
 * Reads the target, split and metadata files and joins them to the spectra. Of several target (or split) files the one
 * that fits the spectra best is used; metadata files that fit are all used.
 */
export async function sideTables(plan: ImportPlan, spectra: JoinTarget, files: FilePort): Promise<SideTables> {
  const used: SideTable[] = [];
  const leftOut: LeftOut[] = [];
  const questions: ImportQuestion[] = [];
  const warnings: string[] = [];
  const omit = (side: SideTable, note: string): void => {
    leftOut.push({ file: side.inspection.file, note, inspection: side.inspection, error: null });
  };
  for (const role of ['targets', 'split', 'metadata'] as const) {
    const sides: SideTable[] = [];
    for (const inspection of plan.candidates[role]) {
      const side = await readSide(inspection, role, plan, spectra, files);
      if (side instanceof EngineError)
        leftOut.push({ file: inspection.file, note: side.message, inspection, error: side });
      else sides.push(side);
    }
    const chosen = role === 'metadata' ? sides : choose(sides, plan);
    for (const side of sides) {
      const wanted = plan.options.files[side.inspection.file]?.role !== undefined;
      if (!chosen.includes(side)) omit(side, notUsed(chosen, role));
      else if (side.join.problem === null) {
        used.push(side);
        if (side.join.report.by === 'order') warnings.push(joinedByOrder(side, plan, spectra));
      } else if (role === 'targets' || wanted) {
        used.push(side);
        questions.push(joinQuestion(side, plan, spectra));
      } else {
        const note = `Not used: it shares no sample id with ${plan.main.file}.`;
        omit(side, note);
        warnings.push(`${side.inspection.file} was left out: it shares no sample id with ${plan.main.file}.`);
      }
    }
  }
  return { used, leftOut, questions, warnings };
}

async function readSide(
  inspection: FileInspection,
  role: SideRole,
  plan: ImportPlan,
  spectra: JoinTarget,
  files: FilePort,
): Promise<SideTable | EngineError> {
  const problems: Problems = { missing: new CellProblems(), bad: new CellProblems() };
  const context = { files, cancel: neverCancelled, onBytes: () => undefined };
  const stray =
    !inspection.explicit && fileRoleHint(inspection.file) === null && plan.options.files[inspection.file] === undefined;
  const data = await readTable(inspection, context, problems).catch((error: unknown) => {
    // Some other text file of the folder that looked like a table at its beginning.
    if (stray && error instanceof EngineError) return error;
    throw error;
  });
  if (data instanceof EngineError) return data;
  const content = (row: number): string =>
    JSON.stringify([
      data.targets.map((target) => target.values[row]),
      data.metadata.map((column) => column.values[row]),
      data.split?.[row],
    ]);
  const found = joinRows(spectra, { ...data, content }, plan.options.join);
  const join =
    spectra.exact === false
      ? { ...found, problem: null, report: { ...found.report, rowsWithout: 0, rowsWithoutIds: [] } }
      : found;
  return { role, inspection, data, join, bad: problems.bad };
}

function joinedByOrder(side: SideTable, plan: ImportPlan, spectra: JoinTarget): string {
  const unnamed = spectra.ids === null ? plan.main.file : side.inspection.file;
  const reason = plan.options.join === 'order' ? 'as chosen' : `since ${unnamed} names no samples`;
  return `${side.inspection.file} was joined by the order of its rows, ${reason}.`;
}

/** The explicit choices, else the file that matches most spectra; on a tie the plainest name. */
function choose(sides: readonly SideTable[], plan: ImportPlan): SideTable[] {
  const explicit = sides.filter((side) => plan.options.files[side.inspection.file]?.role !== undefined);
  if (explicit.length > 0) return explicit;
  const [best] = [...sides].sort(
    (a, b) =>
      b.join.report.matched - a.join.report.matched ||
      fileStem(a.inspection.file).length - fileStem(b.inspection.file).length,
  );
  return best ? [best] : [];
}

function notUsed(chosen: readonly SideTable[], role: SideRole): string {
  const name = chosen[0]?.inspection.file ?? 'another file';
  return `Not used: ${name} fits the spectra better. Give this file the role "${role}" to use it instead.`;
}

function joinQuestion(side: SideTable, plan: ImportPlan, spectra: JoinTarget): ImportQuestion {
  const { file } = side.inspection;
  const leave = {
    label: `Leave ${file} out`,
    patch: { files: { ...plan.options.files, [file]: { ...plan.options.files[file], role: 'ignore' as const } } },
  };
  const inOrder =
    spectra.rows === side.data.rows ? [{ label: 'Join by the order of rows', patch: { join: 'order' as const } }] : [];
  const text =
    side.join.problem === 'ids'
      ? `${file} and ${plan.main.file} share no sample id (for example "${side.data.ids?.[0] ?? 'none'}" and "${spectra.ids?.[0] ?? 'none'}"). How do their rows belong together?`
      : `${file} has ${side.data.rows} rows and ${plan.main.file} has ${spectra.rows} spectra, without common sample ids. What should happen?`;
  return { id: `join:${file}`, file, field: 'join', text, choices: [...inOrder, leave] };
}
