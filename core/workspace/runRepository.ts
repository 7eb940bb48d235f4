import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { RunResult, RunStatus, type RunSummary } from '#core/contract/runTypes.ts';
import { Flag, json, parseRow, parseRows } from '#core/workspace/rows.ts';

/** A run as it is asked for. */
export interface NewRun {
  readonly id: string;
  readonly name: string;
  readonly datasetId: string;
  readonly datasetHash: string;
  readonly pipeline: string;
  readonly pipelineHash: string;
  readonly target: string;
  readonly metric: string;
  readonly seed: number;
  readonly trainSplit: readonly string[] | null;
  readonly testSplit: readonly string[] | null;
  /** False: everything is computed afresh. */
  readonly cached: boolean;
  readonly appVersion: string;
  readonly startedAt: string;
  /** Contents of the files with folds that the document names, by name. */
  readonly foldFiles: Readonly<Record<string, string>>;
}

/** A run as it is stored: what the window sees, and what resuming and lineage need. */
export interface RunRecord extends RunSummary {
  readonly datasetHash: string;
  readonly pipelineHash: string;
  readonly metric: string;
  readonly trainSplit: string[] | null;
  readonly testSplit: string[] | null;
  readonly cached: boolean;
  readonly appVersion: string;
}

/** How a run ended. */
export interface RunEnd {
  readonly status: Extract<RunStatus, 'completed' | 'failed' | 'cancelled' | 'interrupted'>;
  readonly endedAt: string;
  readonly result: RunResult | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const Labels = json(z.array(z.string())).nullable();
const Row = z.strictObject({
  id: z.string(),
  name: z.string(),
  dataset_id: z.string(),
  dataset_name: z.string(),
  dataset_hash: z.string(),
  pipeline: z.string(),
  pipeline_hash: z.string(),
  target: z.string(),
  metric: z.string(),
  seed: z.int(),
  train_split: Labels,
  test_split: Labels,
  cached: Flag,
  status: RunStatus,
  fraction: z.number(),
  result: json(RunResult).nullable(),
  error: json(z.strictObject({ code: z.string(), message: z.string() })).nullable(),
  app_version: z.string(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
});
const toRun = (row: z.output<typeof Row>): RunRecord => ({
  id: row.id,
  name: row.name,
  datasetId: row.dataset_id,
  datasetName: row.dataset_name,
  datasetHash: row.dataset_hash,
  pipeline: row.pipeline,
  pipelineHash: row.pipeline_hash,
  target: row.target,
  metric: row.metric,
  seed: row.seed,
  trainSplit: row.train_split,
  testSplit: row.test_split,
  cached: row.cached,
  status: row.status,
  fraction: row.fraction,
  result: row.result,
  error: row.error,
  appVersion: row.app_version,
  startedAt: row.started_at,
  endedAt: row.ended_at,
});
const FilesRow = z.strictObject({ fold_files: json(z.record(z.string(), z.string())) });
const IdRow = z.strictObject({ id: z.string() });

const SELECT = `SELECT r.id, r.name, r.dataset_id, d.name AS dataset_name, r.dataset_hash, r.pipeline, r.pipeline_hash,
  r.target, r.metric, r.seed, r.train_split, r.test_split, r.cached, r.status, r.fraction, r.result, r.error, r.app_version,
  r.started_at, r.ended_at FROM runs r JOIN datasets d ON d.id = r.dataset_id WHERE r.deleting = 0`;

/** Every SQL statement about runs, and nothing else: who may cancel or remove what is decided elsewhere. */
export function runRepository(db: Database) {
  const one = db.prepare(`${SELECT} AND r.id = ?`);
  const all = db.prepare(`${SELECT} ORDER BY r.seq DESC`); // by order of creation, since clocks go backwards
  const insert = db.prepare(
    `INSERT INTO runs (id, name, dataset_id, dataset_hash, pipeline, pipeline_hash, target, metric, seed, train_split,
       test_split, cached, status, fraction, app_version, started_at, fold_files)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, ?)`,
  );
  const foldFiles = db.prepare('SELECT fold_files FROM runs WHERE id = ?');
  const setStatus = db.prepare('UPDATE runs SET status = ?, ended_at = NULL, error = NULL WHERE id = ?');
  const setFraction = db.prepare('UPDATE runs SET fraction = ? WHERE id = ?');
  const end = db.prepare(
    `UPDATE runs SET status = @status, ended_at = @endedAt, result = @result, error = @error,
       fraction = iif(@status = 'completed', 1, fraction) WHERE id = @id`,
  );
  const setResult = db.prepare('UPDATE runs SET result = ? WHERE id = ?');
  const interrupt = db.prepare(
    "UPDATE runs SET status = 'interrupted', ended_at = ? WHERE status IN ('queued', 'running') RETURNING id",
  );
  const ofDataset = db.prepare('SELECT id FROM runs WHERE dataset_id = ? ORDER BY seq');
  const markDeleting = db.prepare('UPDATE runs SET deleting = 1 WHERE id = ?');
  const deleting = db.prepare('SELECT id FROM runs WHERE deleting = 1 ORDER BY seq');
  const everyId = db.prepare('SELECT id FROM runs ORDER BY seq');
  const remove = db.prepare('DELETE FROM runs WHERE id = ?');
  // Variants go with their predictions and units, and before the arrays: what is found is found whole.
  const parts = [
    ['pipelines', 'variant', 50],
    ['prediction_blocks', 'id', 500],
    ['events', 'seq', 5000],
  ] as const;
  const slices = parts.map(([table, key, most]) =>
    db.prepare(
      `DELETE FROM ${table} WHERE run_id = @id AND ${key} IN
         (SELECT ${key} FROM ${table} WHERE run_id = @id ORDER BY ${key} LIMIT ${most})`,
    ),
  );
  const labels = (value: readonly string[] | null): string | null => (value === null ? null : JSON.stringify(value));

  const change = (id: string, changes: number): void => {
    if (changes === 0) throw new EngineError('workspace.not-found', { what: 'run', id });
  };
  const find = (id: string): RunRecord | null => {
    const row = one.get(id);
    return row === undefined ? null : toRun(parseRow('runs', Row, row));
  };

  return {
    find,
    /** Throws `workspace.not-found`. */
    get(id: string): RunRecord {
      const run = find(id);
      if (run === null) throw new EngineError('workspace.not-found', { what: 'run', id });
      return run;
    },
    /** The newest first. */
    list: (): RunRecord[] => parseRows('runs', Row, all.all()).map(toRun),
    /** Adds a run as `queued`. */
    add(run: NewRun): void {
      insert.run(
        run.id,
        run.name,
        run.datasetId,
        run.datasetHash,
        run.pipeline,
        run.pipelineHash,
        run.target,
        run.metric,
        run.seed,
        labels(run.trainSplit),
        labels(run.testSplit),
        run.cached ? 1 : 0,
        run.appVersion,
        run.startedAt,
        JSON.stringify(run.foldFiles),
      );
    },
    /** Apart from the record, since such files may be large. */
    foldFiles: (id: string): Record<string, string> => parseRow('runs', FilesRow, foldFiles.get(id)).fold_files,
    setStatus: (id: string, status: RunStatus): void => change(id, setStatus.run(status, id).changes),
    /** Of the whole run, 0 to 1. */
    setFraction: (id: string, fraction: number): void => change(id, setFraction.run(fraction, id).changes),
    finish(id: string, { status, endedAt, result, error }: RunEnd): void {
      const text = (value: unknown) => (value === null ? null : JSON.stringify(value));
      change(id, end.run({ id, status, endedAt, result: text(result), error: text(error) }).changes);
    },
    /** What a run says of itself, brought up to date after its end. */
    setResult: (id: string, result: RunResult): void => change(id, setResult.run(JSON.stringify(result), id).changes),
    /** Runs that no process works on any more become `interrupted`; answers which. Call it once, at open. */
    markInterrupted: (at: string): string[] => parseRows('runs', IdRow, interrupt.all(at)).map((row) => row.id),
    /** The runs that refer to a dataset. */
    idsOfDataset: (datasetId: string): string[] =>
      parseRows('runs', IdRow, ofDataset.all(datasetId)).map((row) => row.id),
    /** From now on nobody sees the run; its folder and rows go next, if need be at the next opening. */
    markDeleting: (id: string): void => change(id, markDeleting.run(id).changes),
    /** Also of those that nobody sees any more. */
    allIds: (): string[] => parseRows('runs', IdRow, everyId.all()).map((row) => row.id),
    deleting: (): string[] => parseRows('runs', IdRow, deleting.all()).map((row) => row.id),
    /** Removes some of a run's results; false when there are none left. A large run takes seconds as a whole. */
    removeSome: (id: string): boolean => slices.some((slice) => slice.run({ id }).changes > 0),
    /** Removes a run with its variants, predictions, chains and events. */
    remove: (id: string): void => change(id, remove.run(id).changes),
  };
}
export type RunRepository = ReturnType<typeof runRepository>;
