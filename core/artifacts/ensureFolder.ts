import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';

/** Makes a folder, and the folders above it, so that a power loss cannot take it away again. Does nothing when it exists. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    throw fileFailure(error, path, 'write');
  }
}

/** Node's own recursive mkdir answers "not found" on a read-only drive, which would send the person looking for a folder. */
async function make(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await make(parent);
  try {
    await mkdir(path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && (await isFolder(path))) return; // someone else made it meanwhile
    throw error;
  }
  await flushFolder(parent);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Flushes a folder's own entries, so that a rename survives a power loss.
 * Windows cannot open a folder for that and journals renames itself; some network drives answer EINVAL.
 */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!CANNOT_FLUSH.has(systemCode(error) ?? '')) throw error;
  } finally {
    await folder.close();
  }
}

const CANNOT_FLUSH: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
