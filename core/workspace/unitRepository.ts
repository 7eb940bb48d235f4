import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { DoneUnit, FoundUnit } from '#core/execution/ports.ts';
import type { PredictionArrays, PredictionRepository } from '#core/workspace/predictionRepository.ts';
import { Flag, json, parseRow } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

const Row = z.strictObject({
  run_id: z.string(),
  variant: z.int(),
  fold_id: z.string(),
  possible: Flag,
  milliseconds: z.number(),
  notices: json(z.array(z.string())),
  checksum: z.string(),
});

/** A unit whose stored arrays are not those that were written. */
export interface AlteredUnit {
  readonly runId: string;
  readonly variant: number;
  readonly fold: string;
}

export type UnitArrays = Readonly<Record<'train' | 'validation' | 'test', PredictionArrays>>;

/** What earlier runs have fitted, by the identity of the unit. The newest run that has it answers. */
export function unitRepository(db: Database, predictions: PredictionRepository) {
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO units (unit_key, run_id, variant, fold_id, possible, milliseconds, notices, checksum)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const one = db.prepare(
    'SELECT run_id, variant, fold_id, possible, milliseconds, notices, checksum FROM units WHERE unit_key = ?',
  );
  const forget = db.prepare('DELETE FROM units WHERE unit_key = ?');

  function arraysOf(runId: string, variant: number, foldId: string): UnitArrays {
    const parts: Record<'train' | 'validation' | 'test', PredictionArrays> = {
      train: noPredictions,
      validation: noPredictions,
      test: noPredictions,
    };
    for (const { record, arrays } of predictions.read({ runId, variant, foldId })) parts[record.partition] = arrays;
    return parts;
  }

  return {
    /** Notes units whose predictions are stored; `parts` are the arrays of each, null where there are none. */
    put(runId: string, units: readonly { readonly unit: DoneUnit; readonly parts: UnitArrays | null }[]): void {
      unitOfWork(db, () => {
        for (const { unit, parts } of units)
          upsert.run(
            unit.key,
            runId,
            unit.variant,
            unit.fold,
            unit.possible ? 1 : 0,
            unit.milliseconds,
            JSON.stringify(unit.notices),
            parts === null ? '' : checksumOf(parts),
          );
      });
    },
    /** The predictions of a unit; `altered` when they are not what was written: such a unit is forgotten. */
    find(key: string): FoundUnit | { readonly altered: AlteredUnit } | null {
      const found = one.get(key);
      if (found === undefined) return null;
      const row = parseRow('units', Row, found);
      const { milliseconds, notices } = row;
      if (!row.possible) return { milliseconds, notices, parts: null };
      const parts = arraysOf(row.run_id, row.variant, row.fold_id);
      if (checksumOf(parts) === row.checksum) return { milliseconds, notices, parts };
      forget.run(key);
      return { altered: { runId: row.run_id, variant: row.variant, fold: row.fold_id } };
    },
    /** Where the unit was computed. */
    placeOf(key: string): { readonly runId: string; readonly variant: number; readonly foldId: string } | null {
      const found = one.get(key);
      if (found === undefined) return null;
      const { run_id, variant, fold_id } = parseRow('units', Row, found);
      return { runId: run_id, variant, foldId: fold_id };
    },
  };
}
export type UnitRepository = ReturnType<typeof unitRepository>;

/** A partition without samples. */
export const noPredictions: PredictionArrays = {
  rows: new Int32Array(0),
  measured: new Float64Array(0),
  predicted: new Float64Array(0),
  probabilities: null,
};

/** Over everything that a later run would take over. All supported platforms are little-endian. */
function checksumOf(parts: UnitArrays): string {
  const hash = createHash('sha256');
  for (const { rows, predicted, probabilities } of [parts.train, parts.validation, parts.test])
    for (const values of [rows, predicted, probabilities ?? new Float64Array(0)]) {
      hash.update(String(values.length));
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }
  return hash.digest('hex');
}
