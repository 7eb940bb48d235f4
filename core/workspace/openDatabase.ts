import { createReadStream } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { EngineError } from '#core/base/errors.ts';
import { checkHeader } from '#core/workspace/checkHeader.ts';
import { checkLog } from '#core/workspace/checkLog.ts';
import { findStored } from '#core/workspace/findOrphans.ts';
import { migrate, versionOf, type Migration } from '#core/workspace/migrate.ts';
import { sqliteFailure } from '#core/workspace/sqliteFailure.ts';

/**
 * Opens the database of a workspace, makes it or brings it up to date. The workspace must be locked by the caller.
 * Throws `workspace.database-lost` where there is none, but contents that only a database can have described: a new one
 * would make orphans of them.
 * @param root the workspace, where the database is a copy that lies elsewhere
 */
export async function openDatabase(
  path: string,
  migrations: readonly Migration[],
  root = dirname(path),
): Promise<Database> {
  const folder = dirname(path);
  if ((await checkHeader(path, folder, migrations.at(-1)?.version ?? 0)) === 'new') await requireEmpty(root);
  await checkLog(path);
  let db: Database | undefined;
  try {
    db = new Sqlite(path, { timeout: PATIENCE_MS });
    const open = db;
    // Before anything is written: a database without our mark must be empty.
    if (versionOf(open) === 0) {
      if (Number(open.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) > 0)
        throw new EngineError('workspace.foreign-database', { path });
      await requireEmpty(root);
    }
    open.pragma('journal_mode = WAL'); // network drives answer with another mode, which is slower and as safe
    // A manifest on disk promises the rows written before it, so a commit must survive a power loss.
    open.pragma('synchronous = FULL');
    open.pragma('foreign_keys = ON');
    open.pragma('temp_store = MEMORY'); // what SQLite notes to take a statement back
    open.pragma(`cache_size = -${CACHE_KIB}`);
    open.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
    open.pragma(`journal_size_limit = ${LOG_BYTES}`);
    const backUp = async (version: number) => {
      open.pragma('wal_checkpoint(TRUNCATE)'); // afterwards everything is in the one file
      const name = `${basename(path, '.db')}.v${version}.backup.db`;
      await atomicWrite(join(folder, name), createReadStream(path));
      return name;
    };
    await migrate(open, { folder, migrations, backUp });
    return open;
  } catch (error) {
    db?.close();
    throw sqliteFailure(error, path);
  }
}

async function requireEmpty(root: string): Promise<void> {
  const file = await findStored(root);
  if (file !== null) throw new EngineError('workspace.database-lost', { folder: root, file });
}

/** How long a statement waits for a backup program or a virus scanner that has the file. */
const PATIENCE_MS = 5000;
/** Holds the pages that a run changes until they are committed. */
const CACHE_KIB = 16 * 1024;
/** After this many pages (16 MiB) the log is copied into the database: after several runs rather than within each. */
const WAL_PAGES = 4000;
/** A log that has grown beyond this (one very large transaction) is cut when it begins anew. */
const LOG_BYTES = 32 * 1024 * 1024;
