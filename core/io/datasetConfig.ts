import { stringify } from 'yaml';
import { z } from 'zod';
import { boundedYamlData, yamlLimits } from '#core/base/boundedYaml.ts';
import { EngineError } from '#core/base/errors.ts';
import { firstIssue } from '#core/base/firstIssue.ts';
import { FileOptions, ImportOptions, type ImportProposal } from '#core/contract/imports.ts';
import { baseName } from '#core/io/baseName.ts';
import { fileKeys } from '#core/io/fileKeys.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { fromNirs4all, isNirs4allConfig } from '#core/io/nirs4allConfig.ts';

/**
 * A dataset file (`dataset.yaml` or `.json`) repeats an import:
 *
 *     name: meat
 *     files:
 *       - path: X.csv            # relative to this file
 *         role: spectra          # spectra | targets | split | metadata | single-spectra
 *         separator: ';'         # everything below is optional and detected when absent
 *         decimal: ','
 *         columns: { Batch: metadata }
 *       - path: markers.csv
 *         role: source           # more measurements of the same samples, beside the spectra
 *         source: markers        # name of the source; else that of the file
 *         axisUnit: index        # and signal: for this source
 *       - path: Y.csv
 *         role: targets
 *         partition: train       # tables of different samples follow each other: the split
 *     axisUnit: nm               # all optional: axisUnit, signal, missing, nonNumeric, join
 *
 * The keys of nirs4all (`train_x`, `test_x`, `sources` …) are understood too: see `fromNirs4all`.
 */
const DatasetConfig = ImportOptions.omit({ files: true })
  .partial()
  .extend({ files: z.array(FileOptions.extend({ path: z.string().min(1) })).min(1) });
type DatasetConfig = z.infer<typeof DatasetConfig>;

export const isDatasetConfigName = (path: string): boolean => /\.(ya?ml|json)$/i.test(path);

/** @throws EngineError data.config, data.config-file */
export async function readDatasetConfig(
  path: string,
  files: FilePort,
): Promise<{ paths: string[]; options: Partial<ImportOptions> }> {
  const file = baseName(path);
  const text = new TextDecoder().decode(await files.head(path, LARGEST_CONFIG));
  const { files: entries, ...options } = checked(translated(parsed(text, file), file), file);
  const folder = path.slice(0, path.length - file.length);
  const paths: string[] = [];
  const byFile = new Map<string, FileOptions>();
  const anywhere = files.namesAnywhere === true;
  const outside = entries.find(({ path: named }) =>
    anywhere ? isNoFile(named) : isNoFile(named) || leavesFolder(named),
  );
  if (outside !== undefined)
    throw new EngineError('data.config', {
      file,
      problem: isNoFile(outside.path)
        ? `"${outside.path}" is no file.`
        : `"${outside.path}" does not lie in its folder. Name files beside it, or in folders beside it.`,
    });
  const inFull = (named: string): string => (ABSOLUTE.test(named) ? named : folder + named);
  const keys = fileKeys(entries.map((entry) => inFull(entry.path)));
  const twice = entries.find(({ path: relative }, k) => entries.findIndex((other) => other.path === relative) !== k);
  if (twice !== undefined)
    throw new EngineError('data.config', { file, problem: `"${twice.path}" is named twice. Name each file once.` });
  for (const [k, { path: relative, ...fileOptions }] of asSources(entries).entries()) {
    const full = inFull(relative);
    const exists = await files.size(full).then(
      () => true,
      (error: unknown) => {
        if (error instanceof EngineError && error.code === 'data.unreadable') return false;
        throw error;
      },
    );
    if (!exists)
      throw new EngineError('data.config-file', { file, role: fileOptions.role ?? 'a table', path: relative });
    paths.push(full);
    byFile.set(keys[k] ?? baseName(relative), fileOptions);
  }
  return { paths, options: definedOnly({ ...options, files: Object.fromEntries(byFile) }) };
}

/**
 * A dataset file that was dropped on the window must not reach files that were not: no other folder, drive, computer or
 * device, and nothing that a system takes for one.
 */
const leavesFolder = (path: string): boolean => ABSOLUTE.test(path) || /(^|[/\\])\.\.([/\\]|$)/.test(path);
/** An address, or a name that no file has. */
const isNoFile = (path: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(path) || Array.from(path).some((c) => c < ' ');
const ABSOLUTE = /^([/\\]|[A-Za-z]:)/;

/** The text of a dataset file that repeats an import exactly: everything that was detected is written down. */
export function datasetConfigText(proposal: ImportProposal): string {
  const { files: chosen, ...options } = proposal.options;
  const files = proposal.files
    .filter((entry) => entry.role !== 'ignore' && entry.format !== null && entry.members === 1)
    .map((entry) => {
      const { columns = {}, ...own } = chosen[entry.file] ?? {};
      return { path: entry.file, ...own, role: entry.role, ...entry.format, columns };
    });
  const settled = {
    ...options,
    name: proposal.name,
    axisUnit: proposal.axis?.unit ?? options.axisUnit,
    signal: proposal.signal.type,
  };
  return stringify({ ...settled, files });
}

/** Options that are present but undefined would hide the defaults. */
export function definedOnly(options: {
  [K in keyof ImportOptions]?: ImportOptions[K] | undefined;
}): Partial<ImportOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Files of one partition that are spectra by role and sources by name: the first is the spectra. */
function asSources(entries: DatasetConfig['files']): DatasetConfig['files'] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    if (entry.role !== 'spectra') return entry;
    const partition = entry.partition ?? '';
    if (!seen.has(partition)) {
      seen.add(partition);
      return entry;
    }
    return entry.source === undefined ? entry : { ...entry, role: 'source' };
  });
}

function translated(value: unknown, file: string): unknown {
  if (!isNirs4allConfig(value)) return value;
  try {
    return fromNirs4all(value);
  } catch (error) {
    throw new EngineError(
      'data.config',
      { file, problem: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

function parsed(text: string, file: string): unknown {
  const read = boundedYamlData(text, {}, { ...yamlLimits, aliases: 100 });
  if (read.problem !== undefined) throw new EngineError('data.config', { file, problem: read.problem });
  return read.data;
}

function checked(value: unknown, file: string): DatasetConfig {
  const result = DatasetConfig.safeParse(value);
  if (result.success) return result.data;
  throw new EngineError('data.config', { file, problem: `${firstIssue(result.error)}.` });
}

const LARGEST_CONFIG = 1 << 20;
