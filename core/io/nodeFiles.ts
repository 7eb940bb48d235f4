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
      const about = await stat(path);
      // A device or a pipe may never end. Whatever is read was asked for its size before.
      if (!about.isFile() && !about.isDirectory())
        throw new EngineError('data.unreadable', { file: baseName(path), reason: 'it is a device, and no file.' });
      return about.size;
    } catch (error) {
      throw unreadable(path, error);
    }
  },

  async *open(path, onBytes) {
    try {
      const file = await openFile(path, 'r');
      try {
        const { size } = await file.stat();
        let first = true;
        for (;;) {
          // A fresh buffer each time: the reader may keep parts of it. Small files get small buffers.
          const buffer = new Uint8Array(Math.max(2, Math.min(CHUNK_BYTES, size)));
          const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
          if (bytesRead === 0) break;
          if (first && isGzip(buffer)) {
            yield* unzipped(path, onBytes);
            break;
          }
          first = false;
          onBytes?.(bytesRead);
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      throw unreadable(path, error);
    }
  },

  async head(path, bytes) {
    try {
      const start = await firstBytes(path, bytes);
      if (!isGzip(start)) return start;
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of unzipped(path)) {
        parts.push(chunk);
        length += chunk.length;
        if (length >= bytes) break;
      }
      return joinBytes(parts, Math.min(length, bytes));
    } catch (error) {
      throw unreadable(path, error);
    }
  },
};

async function* unzipped(path: string, onBytes?: (count: number) => void): AsyncIterable<Uint8Array> {
  const raw = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  raw.on('data', (chunk) => onBytes?.(chunk.length));
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  raw.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of raw.pipe(gunzip)) yield chunk as Uint8Array; // a stream without encoding yields buffers only
  } finally {
    raw.destroy();
  }
}

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

const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

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
  const reason =
    REASONS[code] ?? (error instanceof Error ? error.message.replaceAll(path, baseName(path)) : String(error));
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
