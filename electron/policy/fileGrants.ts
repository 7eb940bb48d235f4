import { EngineError } from '#core/base/errors.ts';

/** What was chosen to be written may be read back; what was chosen to be read is never written. */
export type FileUse = 'read' | 'write';

/** Calls that write the file they name. */
const WRITING: ReadonlySet<string> = new Set(['files.save', 'models.export']);

export const useOf = (call: string): FileUse => (WRITING.has(call) ? 'write' : 'read');

/** Remembers which paths the person gave to the window, and hands out opaque names for them. */
export interface FileGrants {
  /** A new name for a path: from a save dialog to `write`, from an open dialog or a drop to `read`. */
  grant(path: string, use: FileUse): string;
  /**
   * The paths behind all grants that a request names. Throws for a name that was never handed out, and for a file that
   * was chosen to be read where the request writes.
   */
  pathsOf(input: unknown, use: FileUse): Record<string, string>;
}

const GRANT = /^grant_[0-9a-f]{16}$/;
/** Requests are shallow; a deeper one is refused rather than followed. */
const MAX_DEPTH = 6;

/** @param randomHex yields 16 unguessable hexadecimal digits. */
export function fileGrants(randomHex: () => string): FileGrants {
  const known = new Map<string, { readonly path: string; readonly use: FileUse }>();

  function collect(
    value: unknown,
    use: FileUse,
    depth: number,
    found: Record<string, string>,
    seen: Set<object>,
  ): void {
    if (typeof value === 'string' && GRANT.test(value)) {
      const file = known.get(value);
      if (file === undefined)
        throw new EngineError('app.forbidden', { what: 'A file that was not chosen in this window' });
      if (use === 'write' && file.use === 'read')
        throw new EngineError('app.forbidden', { what: 'Writing a file that was chosen to be read' });
      found[value] = file.path;
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      // The schema of every call is flatter than this, and no request holds a thing twice: a list of itself would be
      // followed for ever.
      if (depth >= MAX_DEPTH || seen.has(value)) return;
      seen.add(value);
      for (const inner of Object.values(value)) collect(inner, use, depth + 1, found, seen);
    }
  }
  return {
    grant(path, use) {
      const name = `grant_${randomHex()}`;
      known.set(name, { path, use });
      return name;
    },
    pathsOf(input, use) {
      const found: Record<string, string> = {};
      collect(input, use, 0, found, new Set());
      return found;
    },
  };
}
