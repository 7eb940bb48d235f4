import { open } from 'node:fs/promises';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { bytesOf } from '#core/artifacts/listFiles.ts';
import { EngineError } from '#core/base/errors.ts';
import { APPLICATION_ID } from '#core/workspace/migrate.ts';

/**
 * Looks at the first bytes of a database file before SQLite opens it, so that a file which is not ours, or which a newer
 * version made, or that was cut off, stays exactly as it is. Answers `new` for a file that is absent, empty or without
 * tables, all of which a process may leave that was killed while it made the workspace.
 * Offsets: SQLite's file format, "The Database Header".
 */
export async function checkHeader(path: string, folder: string, supported: number): Promise<'new' | 'ours'> {
  const { header, bytes } = await firstBytes(path);
  const hasLog = ((await bytesOf(`${path}-wal`)) ?? 0) > 0;
  if (header.byteLength === 0) return 'new';
  const magic = new TextDecoder('latin1').decode(header.subarray(0, MAGIC.length));
  if (header.byteLength < HEADER_BYTES || magic !== MAGIC) throw new EngineError('workspace.not-a-database', { path });
  const view = new DataView(header.buffer, header.byteOffset);
  const version = view.getInt32(60);
  const applicationId = view.getInt32(68);
  if (applicationId !== APPLICATION_ID) {
    // A process that was killed while it made the workspace leaves a header without any id and without tables.
    if (applicationId === 0 && version === 0) return hasLog ? 'ours' : 'new';
    throw new EngineError('workspace.foreign-database', { path });
  }
  if (version > supported) throw new EngineError('workspace.newer', { folder, found: version, supported });
  if (!hasLog) checkLength(path, view, bytes); // the pages of a longer file may stand in the log
  return 'ours';
}

/** SQLite notices whole pages that are missing only when it comes across them, and reads half a page as if it ended in zeros. */
function checkLength(path: string, view: DataView, bytes: number): void {
  const noted = view.getUint16(16);
  const page = noted === 1 ? 65536 : noted;
  // Programs older than this field leave it stale; then the two counters differ.
  const pages = view.getUint32(24) === view.getUint32(92) ? view.getUint32(28) : 0;
  if (bytes >= pages * page && bytes % page === 0) return;
  throw new EngineError('workspace.damaged', { path, reason: `it was cut off: ${bytes} of ${pages * page} bytes` });
}

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;

async function firstBytes(path: string): Promise<{ readonly header: Uint8Array; readonly bytes: number }> {
  try {
    await using file = await open(path, 'r');
    const { bytesRead, buffer } = await file.read(new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return { header: buffer.subarray(0, bytesRead), bytes: (await file.stat()).size };
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR')
      return { header: new Uint8Array(0), bytes: 0 };
    throw fileFailure(error, path, 'read');
  }
}
