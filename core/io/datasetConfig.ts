import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { FileOptions, ImportOptions, type ImportProposal } from '#core/contract/imports.ts';
import { baseName } from '#core/io/baseName.ts';
import type { FilePort } from '#core/io/filePort.ts';

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
 *       - path: Y.csv
 *         role: targets
 *     axisUnit: nm               # all optional: axisUnit, signal, missing, nonNumeric, join
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
  const { files: entries, ...options } = checked(parsed(text, file), file);
  const folder = path.slice(0, path.length - file.length);
  const paths: string[] = [];
  const byFile: ImportOptions['files'] = {};
  for (const { path: relative, ...fileOptions } of entries) {
    const full = /^([/\\]|[A-Za-z]:)/.test(relative) ? relative : folder + relative;
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
    byFile[baseName(relative)] = fileOptions;
  }
  return { paths, options: definedOnly({ ...options, files: byFile }) };
}

/** The text of a dataset file that repeats an import exactly: everything that was detected is written down. */
export function datasetConfigText(proposal: ImportProposal): string {
  const { files: chosen, ...options } = proposal.options;
  const files = proposal.files
    .filter((entry) => entry.role !== 'ignore' && entry.format !== null && entry.members === 1)
    .map((entry) => ({
      path: entry.file,
      role: entry.role,
      ...entry.format,
      columns: chosen[entry.file]?.columns ?? {},
    }));
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

function parsed(text: string, file: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10 });
  } catch (error) {
    throw new EngineError(
      'data.config',
      { file, problem: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

function checked(value: unknown, file: string): DatasetConfig {
  const result = DatasetConfig.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue && issue.path.length > 0 ? `"${issue.path.join('.')}": ` : '';
  throw new EngineError('data.config', { file, problem: `${where}${issue?.message ?? 'unknown problem'}.` });
}

const LARGEST_CONFIG = 1 << 20;
