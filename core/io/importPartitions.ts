import type { ImportOptions } from '#core/contract/imports.ts';
import type { FilePort } from '#core/io/filePort.ts';
import { importInputs } from '#core/io/importInputs.ts';

/** The partitions into which the options divide the files, in the order of the files; [null] for all files as one. */
export async function importPartitions(
  paths: readonly string[],
  files: FilePort,
  given: Partial<ImportOptions>,
): Promise<readonly (string | null)[]> {
  const { files: inputs, options } = await importInputs(paths, files, given);
  const named = inputs.flatMap(({ file }) => {
    const chosen = options.files[file];
    return chosen?.partition === undefined || chosen.role === 'ignore' ? [] : [chosen.partition];
  });
  return named.length === 0 ? [null] : [...new Set(named)];
}
