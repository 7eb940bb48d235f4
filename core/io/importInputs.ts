import { EngineError } from '#core/base/errors.ts';
import type { ImportOptions } from '#core/contract/imports.ts';
import { baseName } from '#core/io/baseName.ts';
import { definedOnly, isDatasetConfigName, readDatasetConfig } from '#core/io/datasetConfig.ts';
import { fileKeys } from '#core/io/fileKeys.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fileStem, isTableName } from '#core/io/fileRoleHint.ts';

/** One file to look at. */
export interface InputFile {
  /** How options and reports name it: the file name, with its folder where two files share one. */
  readonly file: string;
  readonly path: string;
  /** Named by the person, not found in a folder: trouble with it is an error, not a note. */
  readonly explicit: boolean;
}

export interface ImportInputs {
  readonly files: readonly InputFile[];
  readonly options: ImportOptions;
  /** The dataset's name unless the options give one. */
  readonly name: string;
}

/** What every option is when nobody says otherwise. */
export const defaultImportOptions: ImportOptions = {
  name: '',
  files: {},
  axisUnit: 'auto',
  signal: 'auto',
  missing: 'refuse',
  nonNumeric: 'refuse',
  join: 'auto',
};

/**
 * The files behind what was dropped or named: files as they are, the tables of folders, and the files that a dataset
 * file lists. Options of the caller win over those of a dataset file.
 */
export async function importInputs(
  paths: readonly string[],
  files: FilePort,
  options: Partial<ImportOptions>,
): Promise<ImportInputs> {
  const found: { path: string; explicit: boolean }[] = [];
  let config: Partial<ImportOptions> = {};
  let folderName = '';
  for (const path of paths) {
    const entries = await files.list(path);
    const listed = entries?.find((entry) => /^dataset\.(ya?ml|json)$/i.test(entry.name))?.path;
    const configPath = listed ?? (entries === null && isDatasetConfigName(path) ? path : null);
    if (entries !== null) folderName ||= baseName(path);
    if (configPath !== null) {
      const read = await readDatasetConfig(configPath, files);
      config = read.options;
      found.push(...read.paths.map((listedPath) => ({ path: listedPath, explicit: true })));
    } else if (entries === null) found.push({ path, explicit: true });
    else
      found.push(
        ...entries.filter((entry) => isTableName(entry.name)).map((entry) => ({ path: entry.path, explicit: false })),
      );
  }
  if (found.length === 0)
    throw new EngineError('data.no-files', { where: paths.map(baseName).join(', ') || 'what was chosen' });
  const given = definedOnly(options);
  const merged = { ...defaultImportOptions, ...config, ...given };
  return {
    files: keyed(found),
    options: { ...merged, files: mergeFiles(config.files ?? {}, options.files ?? {}) },
    name: folderName || nameFrom(found[0]?.path ?? ''),
  };
}

function mergeFiles(base: ImportOptions['files'], over: ImportOptions['files']): ImportOptions['files'] {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) merged.set(key, { ...merged.get(key), ...value });
  // Without the members that every object has: a file may be called "constructor".
  return Object.assign(Object.create(null) as ImportOptions['files'], Object.fromEntries(merged));
}

function keyed(found: readonly { path: string; explicit: boolean }[]): InputFile[] {
  const keys = fileKeys(found.map(({ path }) => path));
  return found.map(({ path, explicit }, k) => ({ file: keys[k] ?? baseName(path), path, explicit }));
}

/** `corn/X.csv` is about corn, `barley.csv` about barley. */
function nameFrom(path: string): string {
  const name = baseName(path);
  const stem = fileStem(name);
  return /^x([_\-. ].*)?$/i.test(stem) ? baseName(path.slice(0, -name.length)) || stem : stem;
}
