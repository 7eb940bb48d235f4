import { open, readFile, stat } from 'node:fs/promises';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { EngineError } from '#core/base/errors.ts';
import { checkHeader } from '#core/workspace/checkHeader.ts';
import { APPLICATION_ID } from '#core/workspace/migrate.ts';

/**
 * Looks whether a folder's database can be opened, before anything is written: what another program or a newer version
 * made stays as it is, with everything beside it. Reads only files, so that SQLite does not touch them either.
 * Throws `workspace.newer`, `workspace.foreign-database`, `workspace.not-a-database`.
 */
export async function requireOurs(path: string, folder: string, supported: number): Promise<void> {
  await checkHeader(path, folder, supported);
  const logged = await headerInLog(`${path}-wal`, path);
  const found = logged ?? (await header(path));
  if (found === null) return;
  const [version, applicationId] = [found.getInt32(60), found.getInt32(68)];
  if (applicationId === APPLICATION_ID) {
    if (version > supported) throw new EngineError('workspace.newer', { folder, found: version, supported });
    return;
  }
  // Without an id it is ours only as long as there is nothing in it: one page, left by a process that was killed.
  const isEmpty = applicationId === 0 && version === 0 && (await stat(path)).size <= pageSize(found);
  if (!isEmpty) throw new EngineError('workspace.foreign-database', { path });
}

/** A size of 65,536 does not fit into the field and stands there as 1. */
const pageSize = (found: DataView): number => (found.getUint16(16) === 1 ? 65_536 : found.getUint16(16));
const HEADER_BYTES = 100;

async function header(path: string): Promise<DataView | null> {
  try {
    await using file = await open(path, 'r');
    const { bytesRead, buffer } = await file.read(new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return bytesRead === HEADER_BYTES ? new DataView(buffer.buffer) : null;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw fileFailure(error, path, 'read');
  }
}

/**
 * The header as a killed process left it in the log: of the last transaction that was committed; null where the log has
 * none. SQLite's file format, "The Write-Ahead Log".
 */
async function headerInLog(log: string, path: string): Promise<DataView | null> {
  const bytes = await readFile(log).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return new Uint8Array(0);
    throw fileFailure(error, path, 'read');
  });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < LOG_HEADER) return null;
  const frame = FRAME_HEADER + view.getUint32(8);
  const salt = view.getBigUint64(16);
  let written: DataView | null = null;
  let committed: DataView | null = null;
  for (let at = LOG_HEADER; at + frame <= view.byteLength; at += frame) {
    if (view.getBigUint64(at + 8) !== salt) break; // left from before the log was begun again
    if (view.getUint32(at) === 1)
      written = new DataView(view.buffer, view.byteOffset + at + FRAME_HEADER, HEADER_BYTES);
    if (view.getUint32(at + 4) > 0) committed = written;
  }
  return committed;
}

const LOG_HEADER = 32;
const FRAME_HEADER = 24;
