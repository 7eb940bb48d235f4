import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A text file that grows by lines and never beyond its limit: `<name>.log`, then `<name>.1.log`, the next older … */
export interface RotatingLog {
  /** Of the file that is being written. */
  readonly path: string;
  /** Writes one line at once. Never throws: a log must not stop what it tells about. */
  append(line: string): void;
  /** The last lines, the oldest first, of this file and the one before. */
  tail(lines: number): string[];
  /** Lines that could not be written since the last one that could. */
  readonly lost: number;
  close(): void;
}

interface RotatingLogOptions {
  readonly name: string;
  /** Of one file. */
  readonly maxBytes: number;
  /** How many files there may be, the current one included. */
  readonly files: number;
}

/**
 * Opens or continues a log. Each line is one write to a file opened for appending, so that a crash can cut off the last
 * line only; a line that was cut off is ended before the next one. The files are readable by their owner only.
 */
export function rotatingLog(folder: string, { name, maxBytes, files }: RotatingLogOptions): RotatingLog {
  const fileAt = (age: number): string => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  let handle: number | null = null;
  let size = 0;
  let lost = 0;

  function open(): number {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = openSync(fileAt(0), 'a+', 0o600);
    size = fstatSync(file).size;
    if (size > 0 && lastByte(file, size) !== NEW_LINE) write(file, '\n');
    return file;
  }

  function write(file: number, text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const written = writeSync(file, bytes);
    size += written;
    if (written < bytes.length) throw new Error('The disk took a part of the line only.');
  }

  function rotate(): void {
    close();
    rmSync(fileAt(files - 1), { force: true });
    for (let age = files - 2; age >= 0; age--) {
      try {
        renameSync(fileAt(age), fileAt(age + 1));
      } catch (error) {
        if (!isMissing(error)) throw error; // there are fewer files yet
      }
    }
  }

  function close(): void {
    if (handle === null) return;
    const open = handle;
    handle = null;
    closeSync(open);
  }

  function appendOrThrow(line: string): void {
    const note = lost === 0 ? '' : `(${lost} lines could not be written here)\n`;
    const text = `${note}${line}\n`;
    handle ??= open();
    if (size > 0 && size + Buffer.byteLength(text) > maxBytes) {
      rotate();
      handle = open();
    }
    write(handle, text);
    lost = 0;
  }

  return {
    path: fileAt(0),
    append(line) {
      try {
        appendOrThrow(line.replaceAll(/[\r\n]+/g, ' ').slice(0, MAX_LINE));
      } catch {
        // Disk full, folder gone, no permission: counted, and told with the next line that can be written.
        lost++;
        try {
          close();
        } catch {
          handle = null; // the next line opens the file anew
        }
      }
    },
    tail(lines) {
      const all = [1, 0].flatMap((age) => linesOf(fileAt(age)));
      return all.slice(Math.max(0, all.length - lines));
    },
    get lost() {
      return lost;
    },
    close,
  };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return []; // not written yet, or not readable now
  }
}

function lastByte(file: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, size - 1);
  return byte[0];
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const NEW_LINE = 10;
/** A line beyond this is cut: nothing we write is that long. */
const MAX_LINE = 4000;
