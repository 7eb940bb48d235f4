import { EngineError } from '#core/base/errors.ts';

/** Remembers which paths the person gave to the window, and hands out opaque names for them. */
export interface FileGrants {
  /** A new name for a path that came from a dialog or a drop. */
  grant(path: string): string;
  /** The paths behind all grants that a request names; throws for a name that was never handed out. */
  pathsOf(input: unknown): Record<string, string>;
}

const GRANT = /^grant_[0-9a-f]{16}$/;
/** Requests are shallow; a deeper one is refused rather than followed. */
const MAX_DEPTH = 6;

/** @param randomHex yields 16 unguessable hexadecimal digits. */
export function fileGrants(randomHex: () => string): FileGrants {
  const paths = new Map<string, string>();

  function collect(value: unknown, depth: number, found: Record<string, string>): void {
    if (typeof value === 'string' && GRANT.test(value)) {
      const path = paths.get(value);
      if (path === undefined) throw new EngineError('app.forbidden', { what: 'A file that was not chosen in this window' });
      found[value] = path;
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      if (depth >= MAX_DEPTH) return; // the schema of every call is flatter than this
      for (const inner of Object.values(value)) collect(inner, depth + 1, found);
    }
  }
  return {
    grant(path) {
      const name = `grant_${randomHex()}`;
      paths.set(name, path);
      return name;
    },
    pathsOf(input) {
      const found: Record<string, string> = {};
      collect(input, 0, found);
      return found;
    },
  };
}
