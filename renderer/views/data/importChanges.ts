import type { ColumnRole, FileOptions, ImportOptions } from '#core/contract/imports.ts';

/** What the person changed so far; everything else stays detected. */
export type ImportChanges = Partial<ImportOptions>;

/** Adds a decision about one file. */
export function changeFile(changes: ImportChanges, file: string, options: FileOptions): ImportChanges {
  const before = changes.files?.[file] ?? {};
  return { ...changes, files: { ...changes.files, [file]: { ...before, ...options } } };
}

/** Adds a decision about one column (a block is named by its first column, `#3`). */
export function changeColumn(changes: ImportChanges, file: string, column: number, role: ColumnRole): ImportChanges {
  const before = changes.files?.[file]?.columns ?? {};
  return changeFile(changes, file, { columns: { ...before, [`#${column}`]: role } });
}

/** Takes the answer to a question: its patch counts like a change of the person's own. */
export function applyPatch(changes: ImportChanges, patch: ImportChanges): ImportChanges {
  const files = { ...changes.files };
  for (const [file, options] of Object.entries(patch.files ?? {})) files[file] = { ...files[file], ...options };
  return { ...changes, ...patch, ...(Object.keys(files).length > 0 ? { files } : {}) };
}

/** The options of an import: what was in force in the proposal on screen. */
export const isChosen = (changes: ImportChanges, file: string, field: keyof FileOptions): boolean =>
  changes.files?.[file]?.[field] !== undefined;
