import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from '#core/artifacts/ensureFolder.ts';
import { fileFailure } from '#core/artifacts/fileFailure.ts';

/** Deletes a folder with everything in it; does nothing when there is none. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }); // retries matter on Windows only
    await flushFolder(dirname(path));
  } catch (error) {
    throw fileFailure(error, path, 'write');
  }
}
