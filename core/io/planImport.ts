import { EngineError } from '#core/base/errors.ts';
import type { FileRole, ImportOptions } from '#core/contract/imports.ts';
import { baseName } from '#core/io/baseName.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fileRoleHint, fileStem } from '#core/io/fileRoleHint.ts';
import { importInputs, type InputFile } from '#core/io/importInputs.ts';
import { inspectFile, type FileInspection } from '#core/io/inspectFile.ts';

/** A file that takes no part, and why. */
export interface LeftOut {
  readonly file: string;
  readonly note: string;
  readonly inspection: FileInspection | null;
  readonly error: EngineError | null;
}

/** Which file is what, before any of them is read to the end. */
export interface ImportPlan {
  readonly name: string;
  readonly options: ImportOptions;
  /** One table of spectra, or the first of many files that hold one spectrum each. */
  readonly main: FileInspection;
  /** Tables of further sources of the same samples, in the order in which they stand side by side. */
  readonly sources: readonly FileInspection[];
  /** All files with one spectrum each, `main` included; empty for a table. */
  readonly singles: readonly InputFile[];
  readonly candidates: Readonly<Record<'targets' | 'split' | 'metadata', readonly FileInspection[]>>;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Finds the roles of the files. The spectra are, in this order: the file said to be, `X.csv`, a file named as spectra,
 * a file that contains spectra; the others with spectra are listed as alternatives, or stand beside it as sources.
 *
 * @param part only files that are about this partition
 */
export async function planImport(
  paths: readonly string[],
  files: FilePort,
  given: Partial<ImportOptions> = {},
  part: string | null = null,
): Promise<ImportPlan> {
  const { files: all, options, name } = await importInputs(paths, files, given);
  const inputs = part === null ? all : all.filter(({ file }) => (options.files[file]?.partition ?? part) === part);
  const looked = await lookAt(inputs, files, options);
  const inspected = looked.flatMap((entry) =>
    entry.inspection && !isIgnored(entry.input, options) ? [entry.inspection] : [],
  );
  const leftOut: LeftOut[] = looked.flatMap((entry): LeftOut[] =>
    entry.error
      ? [{ file: entry.input.file, note: entry.error.message, inspection: null, error: entry.error }]
      : isIgnored(entry.input, options)
        ? [{ file: entry.input.file, note: 'Left out by choice.', inspection: entry.inspection, error: null }]
        : [],
  );
  const main = chooseMain(inspected, options);
  if (!main) throw noSpectra(inspected, leftOut, name);
  const singles =
    main.role === 'single-spectra' ? singleSpectra(looked.filter((entry) => !isIgnored(entry.input, options))) : [];
  for (const other of inspected)
    if (other !== main && (other.role === 'spectra' || (other.role === 'single-spectra' && singles.length === 0)))
      leftOut.push({
        file: other.file,
        note: `Not used: ${main.file} was chosen as the spectra. Give this file the role "spectra" to use it instead, or "another source" to use both.`,
        inspection: other,
        error: null,
      });
    else if (other.role === 'ignore')
      leftOut.push({ file: other.file, note: 'Not used: it holds no table.', inspection: other, error: null });
  const members = new Set(singles.map((single) => single.file));
  const withRole = (role: FileRole): FileInspection[] =>
    inspected.filter((entry) => entry !== main && entry.role === role && !members.has(entry.file));
  return {
    name: options.name || name,
    options,
    main,
    sources: inspected.filter((entry) => entry !== main && entry.role === 'source'),
    singles,
    candidates: { targets: withRole('targets'), split: withRole('split'), metadata: withRole('metadata') },
    leftOut,
  };
}

/** Names of the sources, each once: as chosen, else those of the files. */
export function sourceNames({ main, sources, options }: Pick<ImportPlan, 'main' | 'sources' | 'options'>): string[] {
  const used = new Set<string>();
  return [main, ...sources].map(({ file }) => {
    const wanted = options.files[file]?.source ?? fileStem(baseName(file));
    let name = wanted;
    for (let count = 2; used.has(name); count++) name = `${wanted} (${count})`;
    used.add(name);
    return name;
  });
}

interface Looked {
  readonly input: InputFile;
  readonly inspection: FileInspection | null;
  readonly error: EngineError | null;
}

const isIgnored = (input: InputFile, options: ImportOptions): boolean => options.files[input.file]?.role === 'ignore';

/** In a folder of thousands, files after the first are taken to be like them unless their names say otherwise. */
async function lookAt(inputs: readonly InputFile[], files: FilePort, options: ImportOptions): Promise<Looked[]> {
  const many = inputs.length > MANY_FILES;
  const looked: Looked[] = [];
  let seenAlike = 0;
  for (const input of inputs) {
    const plain = fileRoleHint(input.file) === null && options.files[input.file] === undefined;
    if (many && plain && seenAlike >= ENOUGH_ALIKE) {
      looked.push({ input, inspection: null, error: null });
      continue;
    }
    try {
      const inspection = await inspectFile(input, files, options.files[input.file] ?? {});
      if (inspection.role === 'single-spectra') seenAlike++;
      looked.push({ input, inspection, error: null });
    } catch (error) {
      // A stray file in a folder must not stop the rest; a file that was named, or has a role, must be readable.
      const stray = !input.explicit && plain && error instanceof EngineError;
      if (!stray) throw error;
      looked.push({ input, inspection: null, error });
    }
  }
  return looked;
}

function chooseMain(inspected: readonly FileInspection[], options: ImportOptions): FileInspection | undefined {
  const rank = (entry: FileInspection): number => {
    const stem = fileStem(entry.file).toLowerCase();
    if (options.files[entry.file]?.role === 'spectra') return 0;
    if (entry.role === 'source') return 6; // the first of several, where none is the spectra
    if (entry.role !== 'spectra') return entry.role === 'single-spectra' ? 5 : Infinity;
    if (stem === 'x') return 1;
    const hint = fileRoleHint(entry.file);
    return hint === 'spectra' ? 2 : hint === null ? 3 : 4;
  };
  let best: FileInspection | undefined;
  for (const entry of inspected) if (Number.isFinite(rank(entry)) && (!best || rank(entry) < rank(best))) best = entry;
  return best;
}

/** Files like the first: two columns, or broken ones, which the import lists. Files with telling names stay out. */
const singleSpectra = (looked: readonly Looked[]): InputFile[] =>
  looked
    .filter(({ input, inspection }) => {
      if (inspection?.role === 'source') return false;
      if (inspection?.role === 'single-spectra' || fileRoleHint(input.file) === 'spectra') return true;
      if (fileRoleHint(input.file) !== null) return false;
      return (
        inspection === null ||
        (inspection.layout.columns.length === 2 && inspection.layout.columns.every((column) => column.numeric))
      );
    })
    .map(({ input }) => input);

function noSpectra(inspected: readonly FileInspection[], leftOut: readonly LeftOut[], name: string): EngineError {
  const first = inspected[0];
  if (first) {
    const columns = first.layout.columns;
    const numeric = columns.filter((column) => column.numeric).length;
    const shown = columns.slice(0, 4).map((column) => column.name);
    return new EngineError('data.no-spectra', {
      file: first.file,
      found: `${columns.length} columns (${shown.join(', ')}${columns.length > 4 ? ', …' : ''}), ${numeric} of them numeric`,
    });
  }
  return leftOut.find((entry) => entry.error)?.error ?? new EngineError('data.no-files', { where: name });
}

const MANY_FILES = 64;
const ENOUGH_ALIKE = 3;
