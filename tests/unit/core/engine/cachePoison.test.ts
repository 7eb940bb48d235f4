import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RunResult } from '#core/contract/runTypes.ts';
import { chainsOf, predictionsOf } from '#tests/unit/core/engine/support/lifecycleFacts.ts';
import { lifecycleHost, type LifecycleHost } from '#tests/unit/core/engine/support/lifecycleHost.ts';

/**
 * Every column that a later run reads is altered behind the workspace's back, one after the other and in every way: the
 * run says so, computes it again, and finds what a run without any cache finds. A few ways each, or all of them with
 * REFRACT_POISON=all.
 */
const ALL = process.env['REFRACT_POISON'] === 'all';
const DATA = 'ds_000000000000000a';
const pipelines = {
  'a sweep': 'pipeline:\n  - KFold: {n_splits: 3}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 3]}}\n',
  'a stack': `pipeline:
  - KFold: {n_splits: 3}
  - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`,
} as const;

type Value = string | number | bigint | Uint8Array | null;
interface Column {
  readonly table: 'units' | 'predictions' | 'prediction_blocks' | 'chains' | 'trials';
  readonly column: string;
  /** What the next run says: that something was computed again, or nothing. */
  readonly says: 'computed again' | 'trained again' | 'nothing';
}
const of = (table: Column['table'], says: Column['says'], columns: readonly string[]): Column[] =>
  columns.map((column) => ({ table, column, says }));
const columns: readonly Column[] = [
  ...of('units', 'computed again', ['run_id', 'variant', 'fold_id', 'possible', 'milliseconds', 'notices', 'checksum']),
  // Under another key nobody looks for it.
  ...of('units', 'nothing', ['unit_key']),
  ...of('predictions', 'computed again', ['run_id', 'variant', 'fold_id', 'partition', 'block_id', 'place']),
  // A later run scores and names what it takes over itself.
  ...of('predictions', 'nothing', ['branch_path', 'branch_name', 'model_name', 'model_class', 'refit_context', 'n']),
  ...of('predictions', 'nothing', ['scores', 'best_params', 'cv_strategy', 'cv_folds']),
  ...of('prediction_blocks', 'computed again', ['id', 'sample_rows', 'y_true', 'y_pred', 'class_probabilities']),
  ...of('prediction_blocks', 'nothing', ['run_id']),
  ...of('chains', 'trained again', ['run_id', 'variant', 'model_name', 'fold_id', 'phase', 'refit_context']),
  ...of('chains', 'trained again', ['chain_path_hash', 'input_data_hash', 'steps', 'info', 'created_at']),
];

const trialColumns: readonly Column[] = [
  ...of('trials', 'computed again', ['study_key', 'number', 'trial', 'checksum']),
  // The time it took is only shown.
  ...of('trials', 'nothing', ['milliseconds']),
];

/** Ways to alter a value; what leaves it as it is counts as none. */
const ways: Record<string, (value: Value) => Value> = {
  'in one place': (value) =>
    value instanceof Uint8Array
      ? value.map((byte, k) => (k === value.length >> 1 ? byte ^ 4 : byte))
      : typeof value === 'string'
        ? changedDigit(value)
        : Number(value ?? 0) + 1,
  'to nothing': (value) => (value instanceof Uint8Array ? new Uint8Array(0) : typeof value === 'string' ? '' : 0),
  'to another type': (value) =>
    value instanceof Uint8Array ? 'no bytes' : typeof value === 'string' ? 7 : 'no number',
  'cut short': (value) =>
    value instanceof Uint8Array || typeof value === 'string' ? value.slice(0, Math.ceil(value.length / 2)) : -1,
  'made longer': (value) =>
    value instanceof Uint8Array
      ? Buffer.concat([value, new Uint8Array(8)])
      : typeof value === 'string'
        ? `${value}!`
        : 1e9,
  'to what is none': () => null,
};
/** The last digit, else the last letter. */
function changedDigit(text: string): string {
  const at = Math.max(text.search(/\d\D*$/), 0);
  const digit = Number(text[at]);
  return Number.isNaN(digit) ? `${text.slice(0, -1)}~` : `${text.slice(0, at)}${(digit + 1) % 10}${text.slice(at + 1)}`;
}

/** The rows that are altered: of a fold, and of the refit. */
const places = [
  { what: 'a fold', unit: "fold_id = 'fold_1'", predictions: "fold_id = 'fold_1' AND partition = 'validation'" },
  { what: 'the refit', unit: "fold_id = 'final'", predictions: "fold_id = 'final' AND partition = 'test'" },
] as const;

function openDatabase(folder: string): Database {
  const db = new Sqlite(join(folder, 'workspace.db'), { fileMustExist: true });
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  return db;
}

const figuresOf = ({ runId: _, cache: __, timings: ___, warnings: ____, ...figures }: RunResult) => figures;
const outcomeOf = ({ workspace }: LifecycleHost, result: RunResult) => ({
  predictions: predictionsOf(workspace, result.runId),
  chains: chainsOf(workspace, result.runId),
  variants: workspace.variants.all(result.runId),
  figures: figuresOf(result),
});
const told = (result: RunResult, clean: RunResult): string =>
  result.warnings.filter((warning) => !clean.warnings.includes(warning)).join('\n');

let cases = 0;
afterAll(() => {
  console.info(`Poisoned entries: ${cases} cases; wrong results: 0.`);
});

interface Poisoned {
  readonly db: Database;
  readonly runId: string;
}
/** Runs the pipeline after each case, and compares with a run that takes nothing over. */
async function poisoning(
  pipeline: string,
  steps: readonly ((at: Poisoned) => { what: string; says: RegExp | null; undo(): void } | null)[],
) {
  const at = await lifecycleHost();
  await at.addDataset(DATA, 1);
  const clean = await at.run(DATA, pipeline, false);
  const wanted = outcomeOf(at, clean);
  await at.remove(clean.runId);
  const db = openDatabase(at.folder);
  let last = await at.run(DATA, pipeline);
  for (const step of steps) {
    const poison = step({ db, runId: last.runId });
    if (poison === null) continue;
    const again = await at.run(DATA, pipeline);
    expect(outcomeOf(at, again), poison.what).toEqual(wanted);
    if (poison.says === null) expect(told(again, clean), poison.what).toBe('');
    else expect(told(again, clean), poison.what).toMatch(poison.says);
    cases++;
    poison.undo();
    await at.remove(last.runId);
    last = again;
  }
  const untouched = await at.run(DATA, pipeline);
  expect(untouched.cache?.crossRun.misses).toBe(0);
  expect(await at.workspace.verify()).toMatchObject({ missing: [], altered: [], orphaned: [] });
}

const idOf = (table: Column['table']): string =>
  table === 'units' ? 'unit_key' : table === 'trials' ? 'number' : 'id';

/** Alters one value; null where the way leaves it as it is, or the table does not let it be so. */
function altered(
  { db, runId }: Poisoned,
  { table, column, says }: Column,
  place: (typeof places)[number],
  way: string,
) {
  const where =
    table === 'units'
      ? `SELECT * FROM units WHERE run_id = ? AND ${place.unit} ORDER BY variant DESC, unit_key`
      : table === 'predictions'
        ? `SELECT * FROM predictions WHERE run_id = ? AND ${place.predictions} ORDER BY variant DESC`
        : table === 'prediction_blocks'
          ? `SELECT b.* FROM prediction_blocks b JOIN predictions p ON b.id = block_id WHERE p.run_id = ? AND ${place.predictions} ORDER BY variant DESC`
          : table === 'trials'
            ? `SELECT t.* FROM trials t JOIN run_studies USING (study_key) WHERE run_id = ? AND number = ${place.what === 'a fold' ? 1 : 3} ORDER BY number`
            : `SELECT * FROM chains WHERE run_id = ? AND fold_id = 'final' ORDER BY variant DESC`;
  const row = db.prepare(`${where} LIMIT 1`).get(runId) as Record<string, Value> | undefined;
  if (row === undefined) throw new Error(`There is no row of ${table}.`);
  const [before, id] = [row[column] ?? null, row[idOf(table)]];
  const after = ways[way]?.(before) ?? null;
  const set = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${idOf(table)} = ?`);
  try {
    set.run(after, id);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    return null; // a column that must not be null, or numbers only
  }
  const key = column === idOf(table) ? after : id;
  const stored = db.prepare(`SELECT ${column} AS value FROM ${table} WHERE ${idOf(table)} = ?`).get(key) as {
    value: Value;
  };
  const same =
    Buffer.isBuffer(before) && Buffer.isBuffer(stored.value) ? before.equals(stored.value) : before === stored.value;
  if (same) return null;
  // Trials of earlier versions have no checksum.
  if (table === 'trials' && column === 'checksum' && stored.value === null) return null;
  return {
    what: `${table}.${column} of ${place.what}, ${way}`,
    says: says === 'nothing' ? null : new RegExp(says === 'computed again' ? 'computed again' : 'trained again'),
    undo: () => {
      // The run goes with all its rows. A unit or trial is another run's by now, and a block may have got the number of another.
      if (table !== 'units' && table !== 'trials' && column !== 'id') set.run(before, key);
      if (column === 'id') db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(key);
    },
  };
}

const TUNED = `pipeline:
  - KFold: {n_splits: 3}
  - SNV
  - model: {Ridge: {}}
    finetune_params: {n_trials: 5, sampler: random, model_params: {alpha: [float_log, 0.001, 10]}}
`;

describe.each([
  ...Object.entries(pipelines).map(([name, pipeline]) => ({ name, pipeline, columns })),
  { name: 'a search', pipeline: TUNED, columns: trialColumns },
])('$name', ({ pipeline, columns }) => {
  const tables = [...new Set(columns.map(({ table }) => table))];
  test.each(tables)('every column of %s that a later run could read', { timeout: 600_000 }, async (table) => {
    const all = Object.keys(ways).flatMap((way) => places.map((place) => ({ way, place })));
    const steps = columns
      .filter((column) => column.table === table)
      .flatMap((column, at) => {
        const some = ALL ? all : [all[at % all.length], all[(at + 5) % all.length]].filter((one) => one !== undefined);
        return some.map(
          ({ way, place }) =>
            (poisoned: Poisoned) =>
              altered(poisoned, column, place, way),
        );
      });
    await poisoning(pipeline, steps);
  });
});

/** Two values that change places: each is right by itself. */
const swaps: readonly {
  readonly what: string;
  readonly rows: string;
  readonly columns: string;
  readonly says: RegExp;
}[] = [
  {
    what: 'keys of two folds',
    rows: "units WHERE run_id = ? AND fold_id IN ('fold_0', 'fold_1') AND variant = 1",
    columns: 'unit_key',
    says: /computed again/,
  },
  {
    what: 'keys of two variants',
    rows: "units WHERE run_id = ? AND fold_id = 'fold_0'",
    columns: 'unit_key',
    says: /computed again/,
  },
  {
    what: 'what two units are',
    rows: "units WHERE run_id = ? AND fold_id IN ('fold_0', 'fold_1') AND variant = 1",
    columns: 'fold_id',
    says: /computed again/,
  },
  {
    what: 'checksums',
    rows: "units WHERE run_id = ? AND fold_id = 'fold_0'",
    columns: 'checksum',
    says: /computed again/,
  },
  {
    what: 'places in a block',
    rows: "predictions WHERE run_id = ? AND fold_id = 'fold_2' AND partition = 'validation'",
    columns: 'place',
    says: /computed again/,
  },
  {
    what: 'blocks',
    rows: "predictions WHERE run_id = ? AND variant = 1 AND fold_id LIKE 'fold_%' AND partition = 'validation'",
    columns: 'block_id',
    says: /computed again/,
  },
  {
    what: 'partitions',
    rows: "predictions WHERE run_id = ? AND variant = 1 AND fold_id = 'fold_1' AND partition <> 'test'",
    columns: 'block_id',
    says: /computed again/,
  },
  { what: 'predictions', rows: 'prediction_blocks WHERE run_id = ?', columns: 'y_pred', says: /computed again/ },
  {
    what: 'steps of two models',
    rows: "chains WHERE run_id = ? AND fold_id = 'final'",
    columns: 'steps',
    says: /trained again/,
  },
  {
    what: 'variants of two models',
    rows: "chains WHERE run_id = ? AND fold_id = 'final'",
    columns: 'variant',
    says: /trained again/,
  },
];

describe.each(Object.entries(pipelines))('%s', (_, pipeline) => {
  test('two values that change places, each of which is right by itself', { timeout: 120_000 }, async () => {
    await poisoning(
      pipeline,
      swaps.map((swap) => (poisoned) => swapped(poisoned, swap)),
    );
  });
});

function swapped({ db, runId }: Poisoned, { what, rows, columns: column, says }: (typeof swaps)[number]) {
  const table = rows.slice(0, rows.indexOf(' '));
  const found = db.prepare(`SELECT * FROM ${rows} ORDER BY ${column} LIMIT 2`).all(runId) as Record<string, Value>[];
  const [one, other] = found;
  if (one === undefined || other === undefined || String(one[column]) === String(other[column])) return null;
  const id = table === 'units' ? 'unit_key' : 'id';
  const set = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${id} = ?`);
  if (column === id) {
    set.run('aside', one[id]);
    set.run(one[id], other[id]);
    set.run(other[id], 'aside');
  } else {
    set.run(other[column], one[id]);
    set.run(one[column], other[id]);
  }
  return { what, says, undo: () => undefined };
}
