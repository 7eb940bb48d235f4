import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import type { ChainRecord, Workspace } from '#core/workspace/index.ts';

/** Checksums of the contents that a chain consists of. */
export function contentsOf(chain: Pick<ChainRecord, 'steps' | 'info'>): string[] {
  const inSteps = [...JSON.stringify(chain.steps).matchAll(/"sha256":"([0-9a-f]{64})"/g)].map(([, sha256]) => sha256);
  return [...new Set([...inSteps, chain.info['extra']])].filter((one) => typeof one === 'string').sort();
}

/** `<variant> <fold> <phase> <kind of refit> <model>` */
const nameOf = ({ variant, foldId, phase, refitContext, modelName }: ChainRecord): string =>
  [variant, foldId, phase, refitContext, modelName].join(' ');

/** The chains of a run with their contents, in one order. */
export const chainsOf = ({ chains }: Workspace, runId: string): Record<string, string[]> =>
  Object.fromEntries(chains.ofRun(runId).map((chain) => [nameOf(chain), contentsOf(chain)]));

/** The predictions of a run: a checksum over everything in them, by variant, model, fold, partition and kind of refit. */
export function predictionsOf({ predictions }: Workspace, runId: string): Record<string, string> {
  const digests = predictions.read({ runId }).map(({ record: { runId: _, ...record }, arrays }) => {
    const hash = createHash('sha256').update(JSON.stringify(record));
    for (const values of [arrays.rows, arrays.measured, arrays.predicted, arrays.probabilities ?? new Float64Array(0)])
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    const { variant, modelName, foldId, partition, refitContext } = record;
    return [[variant, modelName, foldId, partition, refitContext].join(' '), hash.digest('hex')] as const;
  });
  return Object.fromEntries(digests);
}

/** Reads or changes the database file behind the workspace's back. */
export function inDatabase(folder: string, sql: string, ...values: unknown[]): unknown[] {
  const db = new Sqlite(join(folder, 'workspace.db'), { fileMustExist: true });
  try {
    const statement = db.prepare(sql);
    return statement.reader ? statement.all(...values) : [statement.run(...values)];
  } finally {
    db.close();
  }
}

/** What the check of a workspace without a fault says. */
export const intact = { missing: [], altered: [], orphaned: [] };
