import { syncBuiltinESMExports } from 'node:module';
import promises, { type FileHandle } from 'node:fs/promises';

export type FaultCode = 'EIO' | 'ENOSPC' | 'EROFS' | 'EACCES';

export interface FaultyFiles {
  /** From now on the operation of this number (from 0) fails; `once` it alone, else all after it too. Null: none does. */
  arm(fault: { readonly at: number; readonly code: FaultCode; readonly once: boolean } | null): void;
  /** The operations since `arm`, in words. */
  readonly operations: readonly string[];
  /** The operations that failed since `arm`. */
  readonly failed: readonly string[];
  /** Puts the real functions back. */
  remove(): void;
}

/**
 * Goes between the program and Node's `fs/promises`, for everything below a folder: each operation that changes
 * something on disk has a number and can be made to fail, as SQLite's own tests do. Everything else is real. A write
 * that fails has written the half of its bytes. With `reads`, operations that only read are counted too.
 */
export function faultyFiles(below: string, { reads = false }: { readonly reads?: boolean } = {}): FaultyFiles {
  const real = { ...promises };
  const operations: string[] = [];
  const failed: string[] = [];
  let fault: Parameters<FaultyFiles['arm']>[0] = null;

  const fails = (path: unknown, what: string): boolean => {
    if (!String(path).startsWith(below)) return false;
    const number = operations.push(`${what} ${String(path).slice(below.length)}`) - 1;
    if (fault === null || number < fault.at || (fault.once && number > fault.at)) return false;
    failed.push(operations.at(-1) ?? '');
    return true;
  };
  const failure = (what: string, path: unknown): Error => {
    const code = fault?.code ?? 'EIO';
    return Object.assign(new Error(`${code}: made to fail, ${what} '${String(path)}'`), { code, errno: ERRNO[code] });
  };
  /** A function whose first argument is the path. */
  function guarded<A extends readonly unknown[], R>(
    what: string,
    work: (...args: A) => Promise<R>,
    counts: (...args: A) => boolean = () => true,
  ): (...args: A) => Promise<R> {
    return (...args) =>
      counts(...args) && fails(args[0], what) ? Promise.reject(failure(what, args[0])) : work(...args);
  }
  const writes = (flags: unknown): boolean => typeof flags === 'string' && flags !== 'r';

  const replacements: Record<string, unknown> = {
    async open(path: string, flags?: string, mode?: number) {
      if ((reads || writes(flags)) && fails(path, 'open')) throw failure('open', path);
      return watched(await real.open(path, flags, mode), path);
    },
    rename: guarded('rename', real.rename),
    rm: guarded('rm', real.rm),
    unlink: guarded('unlink', real.unlink),
    mkdir: guarded('mkdir', real.mkdir as (path: string) => Promise<string | undefined>),
    copyFile: guarded('copyFile', real.copyFile),
    ...(reads
      ? {
          stat: guarded('stat', real.stat as (path: string) => Promise<unknown>),
          readdir: guarded('readdir', real.readdir as (path: string) => Promise<unknown>),
          readFile: guarded('readFile', real.readFile as (path: string) => Promise<unknown>),
          access: guarded('access', real.access),
        }
      : {}),
  };

  function watched(handle: FileHandle, path: string): FileHandle {
    const write = handle.write.bind(handle);
    const sync = handle.sync.bind(handle);
    const read = handle.read.bind(handle) as (...all: unknown[]) => Promise<unknown>;
    return Object.assign(handle, {
      async write(bytes: Uint8Array, offset = 0, length = bytes.byteLength - offset) {
        if (!fails(path, 'write')) return write(bytes, offset, length);
        await write(bytes, offset, length >> 1);
        throw failure('write', path);
      },
      async sync() {
        if (fails(path, 'sync')) throw failure('sync', path);
        await sync();
      },
      async read(...args: unknown[]) {
        if (reads && fails(path, 'read')) throw failure('read', path);
        return read(...args);
      },
    });
  }

  Object.assign(promises, replacements);
  syncBuiltinESMExports();
  return {
    arm(next) {
      fault = next;
      operations.length = 0;
      failed.length = 0;
    },
    operations,
    failed,
    remove() {
      Object.assign(promises, real);
      syncBuiltinESMExports();
    },
  };
}

const ERRNO: Readonly<Record<FaultCode, number>> = { EIO: -5, ENOSPC: -28, EROFS: -30, EACCES: -13 };
