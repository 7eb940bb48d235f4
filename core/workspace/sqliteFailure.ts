import { EngineError } from '#core/base/errors.ts';

/**
 * Turns what SQLite said into the sentence a user can act on; any other error comes back as it is.
 * @param upToDate whether the tables should be those that our statements are about: not while they are being made
 */
export function sqliteFailure(error: unknown, path: string, upToDate = false): unknown {
  const code = sqliteCode(error);
  // The one failure of a file that better-sqlite3 words itself.
  if (error instanceof TypeError && error.message.includes('directory does not exist'))
    return new EngineError('workspace.folder-gone', { path }, { cause: error });
  if (code === null) return error;
  const cause = { cause: error };
  // The index of the log cannot grow: that it is for want of space is all that can be behind it.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE')
    return new EngineError('workspace.disk-full', { path }, cause);
  if (code === 'SQLITE_NOTADB') return new EngineError('workspace.not-a-database', { path }, cause);
  if (/^SQLITE_(READONLY|PERM|AUTH)/.test(code)) return new EngineError('workspace.read-only', { path }, cause);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new EngineError('workspace.database-busy', { path }, cause);
  if (code.startsWith('SQLITE_CORRUPT')) return new EngineError('workspace.damaged', { path, reason: code }, cause);
  if (code.startsWith('SQLITE_CANTOPEN')) return new EngineError('workspace.folder-gone', { path }, cause);
  if (code.startsWith('SQLITE_IOERR')) return new EngineError('workspace.drive-failed', { path, reason: code }, cause);
  const { message } = error as Error; // only an Error has a code
  if (code === 'SQLITE_ERROR' && (OTHER_CONTENT.test(message) || (upToDate && OTHER_TABLES.test(message))))
    return new EngineError('workspace.damaged', { path, reason: message }, cause);
  return error; // constraint and programming errors are ours to see, with their stack
}

/** A value is not what we wrote. */
const OTHER_CONTENT = /^(malformed|unsupported file format)/;
/** Our statements fit our tables: where they do not, the file was changed. */
const OTHER_TABLES = /^(no such (table|column|index)|table \S+ has|near |incomplete input|foreign key mismatch)/;

/** SQLite's extended name of an error, or null when the error is not one of its own. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'SqliteError' || !('code' in error)) return null;
  return String(error.code);
}

/** The same functions, whose SQLite errors come with a sentence. */
export function withSentences<T extends object>(path: string, repository: T): T {
  const entries = Object.entries(repository).map(([name, value]: [string, unknown]) =>
    typeof value === 'function' ? [name, guarded(path, value as Guarded)] : [name, value],
  );
  return Object.fromEntries(entries) as T; // every entry keeps its name and signature
}

type Guarded = (...args: readonly unknown[]) => unknown;

function guarded(path: string, work: Guarded): Guarded {
  return (...args) => {
    try {
      const result = work(...args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        throw sqliteFailure(error, path, true);
      });
    } catch (error) {
      throw sqliteFailure(error, path, true);
    }
  };
}
