import { access, constants } from 'node:fs/promises';
import { fileFailure } from '#core/artifacts/fileFailure.ts';

/** Throws `workspace.read-only` for a folder nothing can be written in: SQLite would only say that it cannot open a file. */
export async function checkWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw fileFailure(error, folder, 'write');
  }
}
