import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { bytesOf } from '#core/artifacts/listFiles.ts';
import { EngineError } from '#core/base/errors.ts';
import { sqliteCode } from '#core/workspace/sqliteFailure.ts';

/**
 * Checks a database to which a killed process left its log, before SQLite copies the log into it. A log that belongs to
 * another state of the file (one of the two was restored from a backup) has valid checksums all the same, and would
 * silently destroy the database: SQLite's "How To Corrupt An SQLite Database File", section 1.4. A connection that may
 * only read copies nothing, so that a database which fails stays as it is. Throws `workspace.log-damaged`.
 */
export async function checkLog(path: string): Promise<void> {
  const log = (await bytesOf(`${path}-wal`)) ?? 0;
  const bytes = (await bytesOf(path)) ?? 0;
  if (log === 0 || bytes === 0) return;
  const check = bytes + log > LARGE_BYTES ? 'quick_check' : 'integrity_check';
  let found: string;
  try {
    const db = new Sqlite(path, { readonly: true, timeout: PATIENCE_MS });
    try {
      found = z.string().parse(db.pragma(`${check}(1)`, { simple: true }));
      if (found === 'ok' && z.array(z.unknown()).parse(db.pragma('foreign_key_check')).length > 0)
        found = 'rows refer to rows that are not there';
    } finally {
      db.close();
    }
  } catch (error) {
    const code = sqliteCode(error);
    if (code === null || !/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error;
    found = code;
  }
  if (found !== 'ok') throw new EngineError('workspace.log-damaged', { path, reason: found });
}

/** Above this the indexes are not compared with their tables, which takes several times as long. */
const LARGE_BYTES = 256 * 1024 * 1024;
const PATIENCE_MS = 5000;
