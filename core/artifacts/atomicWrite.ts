import { createHash, randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureFolder, flushFolder } from '#core/artifacts/ensureFolder.ts';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';

/** Bytes at once, or in pieces for what should not lie in memory as a whole. */
export type Content = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What was written: its length and its checksum (SHA-256, hexadecimal). */
export interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a file as a whole or not at all: into a temporary file beside it, flushed, renamed over the target, and the
 * folder flushed. A reader sees the old content or the new one. The folder is made when it is not there.
 * Throws `workspace.disk-full`, `workspace.read-only` and their like; no temporary file is left behind then.
 */
export async function atomicWrite(path: string, content: Content): Promise<Written> {
  return publish(dirname(path), content, () => path);
}

/** The same for a file whose path follows from its content: `place` gets the SHA-256 and answers with a path below `folder`. */
export async function atomicWriteByHash(
  folder: string,
  content: Content,
  place: (sha256: string) => string,
): Promise<Written> {
  return publish(folder, content, place);
}

/** Gives a file that was written by `atomicWrite` its final name, in the same folder; what had that name before is gone. */
export async function publishAs(path: string, target: string): Promise<void> {
  try {
    await renameOver(path, target);
    await flushFolder(dirname(target));
  } catch (error) {
    throw fileFailure(error, target, 'write');
  }
}

/** Temporary files carry this name, so that a sweep can tell those of a killed process from everything else. */
export const TEMPORARY_NAME = /^\.refract-[0-9a-f]{16}\.tmp$/;

async function publish(folder: string, content: Content, place: (sha256: string) => string): Promise<Written> {
  await ensureFolder(folder);
  // The name does not contain the target's, which may already be as long as the file system allows.
  const temporary = join(folder, `.refract-${randomBytes(8).toString('hex')}.tmp`);
  let target = temporary;
  try {
    const written = await writeAndFlush(temporary, content);
    target = place(written.sha256);
    if (dirname(target) !== folder) await ensureFolder(dirname(target));
    await renameOver(temporary, target);
    await flushFolder(dirname(target));
    return written;
  } catch (error) {
    // What happened first is what the person must hear: a drive that fails here too is swept at the next opening.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileFailure(error, target === temporary ? folder : target, 'write');
  }
}

async function writeAndFlush(path: string, content: Content): Promise<Written> {
  const file = await open(path, 'wx');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      await writeAll(file, chunk);
      bytes += chunk.byteLength;
    }
    await file.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength;) {
    const { bytesWritten } = await file.write(chunk, at, Math.min(chunk.byteLength - at, LARGEST_WRITE));
    at += bytesWritten;
  }
}

/** Windows refuses to replace a file that a scanner or an indexer has open for a moment; that passes. */
async function renameOver(from: string, to: string): Promise<void> {
  const passing = process.platform === 'win32' ? ['EBUSY', 'EPERM', 'EACCES'] : ['EBUSY'];
  for (const pauseMs of PAUSES_MS) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!passing.includes(systemCode(error) ?? '')) throw error;
    }
    await wait(pauseMs);
  }
  await rename(from, to);
}

/** One system call cannot write 2 GiB or more; a smaller piece also lets other work of the process go on. */
const LARGEST_WRITE = 16 * 1024 * 1024;
const PAUSES_MS = [10, 30, 100, 300, 600] as const;
