import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';

/** A file below a folder. */
export interface ListedFile {
  /** Relative to that folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

/** The files of `root/part` (and, if asked, below it), sorted. Links are not followed; a folder that is not there is empty. */
export async function listFiles(root: string, part: string, recursive: boolean): Promise<ListedFile[]> {
  const folder = join(root, part);
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw fileFailure(error, folder, 'read');
  });
  const files: ListedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const absolute = join(entry.parentPath, entry.name);
    const bytes = await bytesOf(absolute);
    if (bytes !== null) files.push({ path: relative(root, absolute).split(sep).join('/'), bytes });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The length of a file; null when there is none. */
export async function bytesOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw fileFailure(error, path, 'read');
  }
}

/** Also below something that is a file. */
const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
