import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { isEngineError } from '#core/base/errors.ts';
import { Partition } from '#core/contract/results.ts';
import type { DoneUnit, FoundUnit } from '#core/execution/ports.ts';
import {
  noPredictions,
  partOf,
  type PredictionArrays,
  type PredictionBlock,
  type PredictionBlocks,
} from '#core/workspace/predictionBlocks.ts';
import { Flag, json, parseRow, parseRows } from '#core/workspace/rows.ts';
import { unitOfWork } from '#core/workspace/unitOfWork.ts';

/** A unit with one set of its predictions; a unit without predictions has one row without them. */
const Row = z.strictObject({
  unit_key: z.string(),
  run_id: z.string(),
  variant: z.int(),
  fold_id: z.string(),
  possible: Flag,
  milliseconds: z.number(),
  notices: json(z.array(z.string())),
  checksum: z.string(),
  partition: Partition.nullable(),
  block_id: z.int().nullable(),
  place: z.int().nullable(),
});
const PlaceRow = z.strictObject({ run_id: z.string(), variant: z.int(), fold_id: z.string() });

/** A unit whose stored arrays are not those that were written. */
export interface AlteredUnit {
  readonly runId: string;
  readonly variant: number;
  readonly fold: string;
}

type Parts<T> = Readonly<Record<Partition, T>>;
/** The blocks that hold the predictions of a unit. */
export type UnitBlocks = Parts<PredictionBlock>;
/** Of a unit without predictions. */
export const noBlocks: UnitBlocks = { train: noPredictions, validation: noPredictions, test: noPredictions };
const firstPlaces: Parts<number> = { train: 0, validation: 0, test: 0 };

interface KnownUnit {
  readonly row: z.output<typeof Row>;
  readonly blocks: Record<Partition, PredictionBlock>;
  readonly places: Record<Partition, number>;
}

/** What earlier runs have fitted, by the identity of the unit. The newest run that has it answers. */
export function unitRepository(db: Database, blocks: PredictionBlocks) {
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO units (unit_key, run_id, variant, fold_id, possible, milliseconds, notices, checksum)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const several = db.prepare(
    `SELECT unit_key, u.run_id, u.variant, u.fold_id, possible, milliseconds, notices, checksum, partition, block_id, place
     FROM json_each(?) JOIN units u ON unit_key = value
     LEFT JOIN predictions p ON p.run_id = u.run_id AND p.variant = u.variant AND p.fold_id = u.fold_id`,
  );
  const one = db.prepare('SELECT run_id, variant, fold_id FROM units WHERE unit_key = ?');
  // Neighbours share blocks, whose checksums are computed once then.
  const keys = db.prepare('SELECT unit_key FROM units ORDER BY run_id, fold_id, variant').pluck();
  const forget = db.prepare('DELETE FROM units WHERE unit_key = ?');

  /** The units that are known, in the order of their keys. */
  function read(wanted: readonly string[]): (KnownUnit & { readonly intact: boolean })[] {
    const blockOf = blocks.reader();
    const known = new Map<string, KnownUnit>();
    const damaged = new Set<string>();
    for (const row of parseRows('units', Row, several.all(JSON.stringify(wanted)))) {
      const unit = known.get(row.unit_key) ?? { row, blocks: { ...noBlocks }, places: { ...firstPlaces } };
      known.set(row.unit_key, unit);
      if (row.partition === null || row.block_id === null) continue;
      unit.places[row.partition] = row.place ?? 0;
      const block = orNull(() => blockOf(row.block_id ?? 0));
      if (block === null) damaged.add(row.unit_key);
      else unit.blocks[row.partition] = block;
    }
    const checksumOf = checksums();
    const isIntact = ({ row, blocks: own }: KnownUnit): boolean =>
      !damaged.has(row.unit_key) && (!row.possible || checksumOf(own) === row.checksum);
    return wanted.flatMap((key) => {
      const unit = known.get(key);
      if (unit === undefined) return [];
      return [{ ...unit, intact: isIntact(unit) }];
    });
  }

  return {
    /** Notes units whose predictions are stored in these blocks; null where there are none. */
    put(runId: string, units: readonly { readonly unit: DoneUnit; readonly blocks: UnitBlocks | null }[]): void {
      const checksumOf = checksums();
      unitOfWork(db, () => {
        for (const { unit, blocks: own } of units)
          upsert.run(
            unit.key,
            runId,
            unit.variant,
            unit.fold,
            unit.possible ? 1 : 0,
            unit.milliseconds,
            JSON.stringify(unit.notices),
            own === null ? '' : checksumOf(own),
          );
      });
    },
    /**
     * Units with their predictions, in the order of the keys; null when one of them is not known. `altered` when the
     * predictions of one are not what was written: such units are forgotten.
     */
    find(keys: readonly string[]): FoundUnit[] | { readonly altered: AlteredUnit } | null {
      const found = read(keys);
      if (found.length < keys.length) return null;
      const altered = found.filter(({ intact }) => !intact);
      for (const { row } of altered) forget.run(row.unit_key);
      if (altered[0] !== undefined) return { altered: placeOf(altered[0].row) };
      return found.map((unit) => {
        const { milliseconds, notices, possible } = unit.row;
        return { milliseconds, notices, parts: possible ? partsOf(unit) : null };
      });
    },
    /** Computes the checksums of all units again. Changes nothing. */
    check(): { readonly checked: number; readonly altered: AlteredUnit[] } {
      const all = keys.all().map(String);
      const altered: AlteredUnit[] = [];
      for (let at = 0; at < all.length; at += PAGE)
        for (const { row, intact } of read(all.slice(at, at + PAGE))) if (!intact) altered.push(placeOf(row));
      return { checked: all.length, altered };
    },
    /** Where the unit was computed. */
    placeOf(key: string): { readonly runId: string; readonly variant: number; readonly foldId: string } | null {
      const found = one.get(key);
      if (found === undefined) return null;
      const { run_id, variant, fold_id } = parseRow('units', PlaceRow, found);
      return { runId: run_id, variant, foldId: fold_id };
    },
  };
}
export type UnitRepository = ReturnType<typeof unitRepository>;

function partsOf({ blocks, places }: KnownUnit): Parts<PredictionArrays> {
  const part = (partition: Partition): PredictionArrays => partOf(blocks[partition], places[partition]);
  return { train: part('train'), validation: part('validation'), test: part('test') };
}

const placeOf = ({ run_id, variant, fold_id }: KnownUnit['row']): AlteredUnit => ({
  runId: run_id,
  variant,
  fold: fold_id,
});

/** Null for a block that is not there or cannot be read: to a unit that is the same as one that was altered. */
function orNull(read: () => PredictionBlock): PredictionBlock | null {
  try {
    return read();
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return null;
  }
}

/** Units that are checked together: their arrays lie in memory at once. */
const PAGE = 200;

/** Checksums of blocks, each computed once for the units in a row that share them. */
function checksums(): (blocks: UnitBlocks) => string {
  let last: { readonly blocks: UnitBlocks; readonly checksum: string } | null = null;
  return (blocks) => {
    const same =
      last !== null &&
      last.blocks.train === blocks.train &&
      last.blocks.validation === blocks.validation &&
      last.blocks.test === blocks.test;
    last = last !== null && same ? last : { blocks, checksum: checksumOfBlocks(blocks) };
    return last.checksum;
  };
}

/**
 * Over everything that a later run would take over, and whatever lies beside it in the same blocks. All supported
 * platforms are little-endian.
 */
function checksumOfBlocks(blocks: UnitBlocks): string {
  const hash = createHash('sha256');
  for (const { rows, predicted, probabilities } of [blocks.train, blocks.validation, blocks.test])
    for (const values of [rows, predicted, probabilities ?? new Float64Array(0)]) {
      hash.update(String(values.length));
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }
  return hash.digest('hex');
}
