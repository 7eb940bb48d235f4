import { unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from '#core/artifacts/ensureFolder.ts';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';

/** Deletes a file for good (the folder is flushed). Answers whether there was one. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    await flushFolder(dirname(path));
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw fileFailure(error, path, 'write');
  }
}
