import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { errorReport, isEngineError } from '#core/base/errors.ts';
import { parseRows } from '#core/workspace/rows.ts';
import { sqliteFailure } from '#core/workspace/sqliteFailure.ts';

/**
 * What SQLite itself finds wrong with the file, and what the triggers and foreign keys of the schema should have kept
 * right: one sentence each, none for a sound database. Changes nothing.
 */
export function databaseProblems(db: Database, path: string): string[] {
  return [
    ...readable(path, () => structure(db)),
    ...readable(path, () => foreignKeys(db)),
    ...readable(path, () => referenceCounts(db)),
    ...readable(path, () => lostArrays(db)),
  ];
}

/** Does a check; that something cannot even be read is a finding too. */
export function readable(path: string, check: () => string[]): string[] {
  try {
    return check();
  } catch (error) {
    const failure = sqliteFailure(error, path);
    if (!isEngineError(failure)) throw failure;
    return [errorReport(failure).message];
  }
}

/** SQLite's own check of every page, row and index. It lists at most 100 findings. */
const structure = (db: Database): string[] =>
  Line.parse(db.prepare('PRAGMA integrity_check').pluck().all())
    .filter((line) => line !== 'ok')
    .map((line) => `SQLite: ${line}`);

const foreignKeys = (db: Database): string[] =>
  parseRows('foreign_key_check', ForeignKey, db.pragma('foreign_key_check') as unknown[]).map(
    ({ table, rowid, parent }) =>
      `${table}${rowid === null ? '' : `, row ${rowid}`}: refers to a row of ${parent} that is not there.`,
  );

const referenceCounts = (db: Database): string[] =>
  parseRows(
    'artifacts',
    Count,
    db
      .prepare(
        `SELECT sha256, ref_count AS noted,
           (SELECT count(*) FROM artifact_uses u WHERE u.sha256 = a.sha256)
           + (SELECT count(*) FROM datasets d WHERE d.x_sha256 = a.sha256) AS counted
         FROM artifacts a WHERE noted <> counted`,
      )
      .all(),
  ).map(
    ({ sha256, noted, counted }) => `artifacts: ${sha256} is noted as used ${noted} times, and is ${counted} times.`,
  );

/** The one reference without a foreign key. */
const lostArrays = (db: Database): string[] =>
  parseRows(
    'predictions',
    Lost,
    db
      .prepare(
        `SELECT run_id, count(*) AS rows FROM predictions
         WHERE block_id IS NULL OR block_id NOT IN (SELECT id FROM prediction_blocks) GROUP BY run_id`,
      )
      .all(),
  ).map(({ run_id, rows }) => `predictions: ${rows} of the run ${run_id} have lost their arrays.`);

const Line = z.array(z.string());
const ForeignKey = z.object({ table: z.string(), rowid: z.int().nullable(), parent: z.string() });
const Count = z.strictObject({ sha256: z.string(), noted: z.int(), counted: z.int() });
const Lost = z.strictObject({ run_id: z.string(), rows: z.int() });
