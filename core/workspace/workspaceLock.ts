import { hostname } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { z } from 'zod';
import { systemCode } from '#core/artifacts/fileFailure.ts';
import { EngineError } from '#core/base/errors.ts';
import { sqliteCode, sqliteFailure } from '#core/workspace/sqliteFailure.ts';

/** Who holds a workspace open, for the message that a second instance shows. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface WorkspaceLock {
  release(): void;
}

/**
 * Takes the workspace for this process, or throws `workspace.in-use` with the owner's name.
 *
 * The lock is SQLite's own write lock on a small file of its own, which is a lock of the operating system: it ends with
 * the process however that ends (kill -9 included), and knows neither stale lock files nor reused process numbers.
 * Readers are let in, so a second instance can read who the owner is.
 */
export function lockWorkspace(folder: string, owner: LockOwner): WorkspaceLock {
  const path = join(folder, 'workspace.lock');
  let db: Database | undefined;
  try {
    db = new Sqlite(path, { timeout: PATIENCE_MS });
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN IMMEDIATE');
    db.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER NOT NULL, host TEXT NOT NULL, since TEXT NOT NULL)');
    db.exec('DELETE FROM owner');
    db.prepare('INSERT INTO owner (pid, host, since) VALUES (?, ?, ?)').run(owner.pid, owner.host, owner.since);
    db.exec('COMMIT');
    db.exec('BEGIN IMMEDIATE'); // held until release; another process may win this moment, and is then the owner
  } catch (error) {
    const failure = lockFailure(error, folder, path, db);
    db?.close();
    throw failure;
  }
  const held = db;
  return { release: () => void held.close() };
}

/**
 * Keeps others out while the workspace is only read, and changes nothing, the lock file included. Throws
 * `workspace.in-use`. Where nobody can write, or nobody ever opened the workspace, there is nothing to hold.
 */
export function holdWorkspace(folder: string): WorkspaceLock {
  const path = join(folder, 'workspace.lock');
  let db: Database | undefined;
  try {
    db = new Sqlite(path, { timeout: PATIENCE_MS, fileMustExist: true });
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const failure = lockFailure(error, folder, path, db);
    db?.close();
    if (!/^SQLITE_(CANTOPEN|READONLY)/.test(sqliteCode(error) ?? '')) throw failure;
    return { release: () => undefined };
  }
  const held = db;
  return { release: () => void held.close() };
}

/** Long enough for an engine that is being restarted to see its predecessor's lock go. */
const PATIENCE_MS = 500;

const Owner = z.strictObject({ pid: z.int(), host: z.string(), since: z.string() });

function lockFailure(error: unknown, folder: string, path: string, db: Database | undefined): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT'))
    return new EngineError('workspace.lock-damaged', { path }, { cause: error });
  if (code?.startsWith('SQLITE_BUSY') !== true) return sqliteFailure(error, path);
  const owner = db === undefined ? null : ownerOf(db);
  return new EngineError(
    'workspace.in-use',
    { folder, pid: owner?.pid ?? null, host: owner?.host ?? null, since: owner?.since ?? null },
    { cause: error },
  );
}

/**
 * Null in the moment in which the owner is just writing its name, and where the name is that of a process that is gone:
 * who only reads does not write its own.
 */
function ownerOf(db: Database): LockOwner | null {
  try {
    const owner = Owner.safeParse(db.prepare('SELECT pid, host, since FROM owner').get()).data ?? null;
    return owner !== null && owner.host === hostname() && !isAlive(owner.pid) ? null : owner;
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, and does not kill
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM'; // somebody else's
  }
}
