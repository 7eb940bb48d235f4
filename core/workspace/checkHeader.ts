import { open } from 'node:fs/promises';
import { fileFailure, systemCode } from '#core/artifacts/fileFailure.ts';
import { EngineError } from '#core/base/errors.ts';
import { APPLICATION_ID } from '#core/workspace/migrate.ts';

/**
 * Looks at the first bytes of a database file before SQLite opens it, so that a file which is not ours, or which a newer
 * version made, stays exactly as it is. A file that is absent or empty passes.
 * Offsets: SQLite's file format, "The Database Header".
 */
export async function checkHeader(path: string, folder: string, supported: number): Promise<void> {
  const header = await firstBytes(path);
  if (header.byteLength === 0) return;
  const magic = new TextDecoder('latin1').decode(header.subarray(0, MAGIC.length));
  if (header.byteLength < HEADER_BYTES || magic !== MAGIC) throw new EngineError('workspace.not-a-database', { path });
  const view = new DataView(header.buffer, header.byteOffset);
  const version = view.getInt32(60);
  const applicationId = view.getInt32(68);
  if (applicationId !== APPLICATION_ID) {
    // A process that was killed while it made the workspace leaves a header without any id and without tables.
    if (applicationId === 0 && version === 0) return;
    throw new EngineError('workspace.foreign-database', { path });
  }
  if (version > supported) throw new EngineError('workspace.newer', { folder, found: version, supported });
}

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;

async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    const { bytesRead, buffer } = await file.read(new Uint8Array(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return new Uint8Array(0);
    throw fileFailure(error, path, 'read');
  }
}
