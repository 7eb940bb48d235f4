import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TEMPORARY_NAME } from '#core/artifacts/atomicWrite.ts';
import { fileFailure } from '#core/artifacts/fileFailure.ts';
import { removeFile } from '#core/artifacts/removeFile.ts';

/**
 * Deletes the temporary files that a killed process left in a folder (and, if asked, below it); answers how many.
 * Only the owner of a workspace may call it, since a living writer has such files too.
 */
export async function sweepTemporaryFiles(folder: string, recursive: boolean): Promise<number> {
  let removed = 0;
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch((error: unknown) => {
    throw fileFailure(error, folder, 'read');
  });
  for (const entry of entries)
    if (entry.isFile() && TEMPORARY_NAME.test(entry.name) && (await removeFile(join(entry.parentPath, entry.name))))
      removed++;
  return removed;
}
