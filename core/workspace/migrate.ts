import type { Database } from 'better-sqlite3';
import { EngineError } from '#core/base/errors.ts';
import { sqliteFailure } from '#core/workspace/sqliteFailure.ts';

/** One numbered step forward of the database: raw SQL that imports nothing, so that it means the same for ever. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export interface MigrateOptions {
  readonly folder: string;
  readonly migrations: readonly Migration[];
  /**
   * Copies the database file before it is changed, and answers with the name of the copy; called once, and not for a
   * database that is just being made.
   */
  readonly backUp: (fromVersion: number) => Promise<string>;
}

/**
 * Brings a database to the newest version in one transaction; answers with the version it had. Throws `workspace.newer`
 * for a database from the future and `workspace.migration-failed`, and leaves the database as it is then.
 */
export async function migrate(db: Database, { folder, migrations, backUp }: MigrateOptions): Promise<number> {
  const from = versionOf(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (from > newest) throw new EngineError('workspace.newer', { folder, found: from, supported: newest });
  if (from === newest) return from;
  const backup = from > 0 ? await backUp(from) : null;
  let to = from;
  try {
    db.transaction(() => {
      for (const migration of migrations)
        if (migration.version > from) {
          to = migration.version;
          apply(db, migration);
        }
    }).immediate();
  } catch (error) {
    const known = sqliteFailure(error, folder);
    if (known instanceof EngineError) throw known;
    const problem = error instanceof Error ? error.message : String(error);
    throw new EngineError('workspace.migration-failed', { folder, from, to, problem, backup }, { cause: error });
  }
  return from;
}

/** The number of the last migration that was applied; 0 for an empty database. */
export const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/** 'RFRT': marks a database file as a Refract workspace. */
export const APPLICATION_ID = 0x52465254;

function apply(db: Database, migration: Migration): void {
  db.exec(migration.sql);
  // Pragmas take no parameters. Both values live in the file's header and are part of the transaction.
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${migration.version}`);
}
