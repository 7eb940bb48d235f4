import { createReadStream } from 'node:fs';
import { open as openFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { EngineError } from '#core/base/errors.ts';
import { baseName } from '#core/io/baseName.ts';
import type { FileEntry, FilePort } from '#core/io/filePort.ts';

/** Files on this computer's disks. The only file of this folder that knows Node. */
export const nodeFiles: FilePort = {
  async list(path) {
    try {
      const info = await stat(path);
      if (!info.isDirectory()) return null;
      const entries = await readdir(path, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry): FileEntry => ({ path: join(path, entry.name), name: entry.name }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    } catch (error) {
      throw unreadable(path, error);
    }
  },

  async size(path) {
    try {
      return (await stat(path)).size;
    } catch (error) {
      throw unreadable(path, error);
    }
  },

  async *open(path, onBytes) {
    try {
      const zipped = await isGzip(path);
      const raw = createReadStream(path, { highWaterMark: CHUNK_BYTES });
      if (!zipped) {
        for await (const chunk of raw) {
          onBytes?.((chunk as Uint8Array).length);
          yield chunk as Uint8Array; // a stream without encoding yields buffers only
        }
        return;
      }
      raw.on('data', (chunk) => onBytes?.(chunk.length));
      const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
      raw.on('error', (error) => gunzip.destroy(error));
      try {
        for await (const chunk of raw.pipe(gunzip)) yield chunk as Uint8Array; // as above
      } finally {
        raw.destroy();
      }
    } catch (error) {
      throw unreadable(path, error);
    }
  },

  async head(path, bytes) {
    if (await isGzip(path).catch((error: unknown) => Promise.reject(unreadable(path, error)))) {
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of this.open(path)) {
        parts.push(chunk);
        length += chunk.length;
        if (length >= bytes) break;
      }
      return joinBytes(parts, Math.min(length, bytes));
    }
    return firstBytes(path, bytes).catch((error: unknown) => Promise.reject(unreadable(path, error)));
  },
};

async function firstBytes(path: string, bytes: number): Promise<Uint8Array> {
  const file = await openFile(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = new Uint8Array(Math.min(size, bytes));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const [first, second] = await firstBytes(path, 2);
  return first === 0x1f && second === 0x8b;
}

function joinBytes(parts: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const piece = part.subarray(0, Math.max(0, length - at));
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

function unreadable(path: string, error: unknown): EngineError | Error {
  if (error instanceof EngineError || (error instanceof Error && error.name === 'CancelledError')) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? (error instanceof Error ? error.message.replaceAll(path, baseName(path)) : String(error));
  return new EngineError('data.unreadable', { file: baseName(path), reason }, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist. Check the name, or whether it was moved.',
  EACCES: 'access is denied. Check the permissions of the file.',
  EPERM: 'access is denied. Check the permissions of the file.',
  EISDIR: 'it is a folder where a file was expected.',
  EBUSY: 'another program keeps it open. Close it there and try again.',
  Z_DATA_ERROR: 'its gzip compression is damaged. Copy or compress it again.',
  Z_BUF_ERROR: 'its gzip compression ends too early. Copy or compress it again.',
};

/** Large enough to keep system calls rare, small enough to parse between two frames (about 10 ms). */
const CHUNK_BYTES = 1 << 20;
