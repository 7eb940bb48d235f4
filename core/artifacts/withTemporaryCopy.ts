import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { removeFolder } from '#core/artifacts/removeFolder.ts';

/**
 * Copies files, as far as they exist, into a new folder among the system's temporary files, lets `work` use it, and
 * removes it again. For programs that would change the originals by reading them.
 */
export async function withTemporaryCopy<T>(paths: readonly string[], work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'refract-')).catch((error: unknown) => {
    throw fileFailure(error, tmpdir(), 'write');
  });
  try {
    for (const path of paths)
      await copyFile(path, join(folder, basename(path))).catch((error: unknown) => {
        // A copy fails for what it is read from or for what it is written to; "full" can only be the latter.
        const target = systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT' ? folder : path;
        if (systemCode(error) !== 'ENOENT') throw fileFailure(error, target, 'read');
      });
    return await work(folder);
  } finally {
    await removeFolder(folder);
  }
}
