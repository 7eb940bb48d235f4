import { createHash, type Hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EngineError } from '#core/base/errors.ts';
import { Partition } from '#core/contract/results.ts';
import type { DoneUnit, FoundUnit } from '#core/execution/ports.ts';
import {
  noPredictions,
  partOf,
  type PlacedBlock,
  type PredictionBlock,
  type PredictionBlocks,
} from '#core/workspace/predictionBlocks.ts';
import { Flag, json, parseRow } from '#core/workspace/rows.ts';
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
/** Whatever the row holds. */
const KeyRow = z.looseObject({
  unit_key: z.string(),
  run_id: z.coerce.string(),
  variant: z.coerce.number().catch(-1),
  fold_id: z.coerce.string(),
});
const PlaceRow = z.strictObject({ run_id: z.string(), variant: z.int(), fold_id: z.string() });

/** A unit that is not stored as it was written. */
export interface AlteredUnit {
  readonly runId: string;
  readonly variant: number;
  readonly fold: string;
}

/** The blocks that hold the predictions of a unit, and where they lie in them. */
export type UnitBlocks = Readonly<Record<Partition, PlacedBlock>>;
const nowhere: PlacedBlock = { block: noPredictions, place: 0 };
/** Of a unit without predictions. */
export const noBlocks: UnitBlocks = { train: nowhere, validation: nowhere, test: nowhere };

interface KnownUnit {
  readonly row: z.output<typeof Row>;
  readonly blocks: Record<Partition, PlacedBlock>;
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

  /** The units that are known, in the order of their keys; those that are not what was written as `altered`. */
  function read(wanted: readonly string[]): (KnownUnit | { readonly key: string; readonly altered: AlteredUnit })[] {
    const blockOf = blocks.reader();
    const known = new Map<string, KnownUnit>();
    const unreadable = new Map<string, AlteredUnit>();
    for (const row of several.all(JSON.stringify(wanted)))
      readable(row, unreadable, () => {
        const unit = parseRow('units', Row, row);
        const { blocks: own } = known.get(unit.unit_key) ?? { blocks: { ...noBlocks } };
        known.set(unit.unit_key, { row: unit, blocks: own });
        if (unit.partition === null || unit.block_id === null) return;
        const placed = { block: blockOf(unit.block_id), place: unit.place ?? 0 };
        partOf(placed.block, placed.place); // throws where the block has no such place
        own[unit.partition] = placed;
      });
    const checksumOf = checksums();
    return wanted.flatMap((key) => {
      const unit = known.get(key);
      const altered = unreadable.get(key);
      if (altered !== undefined) return { key, altered };
      if (unit === undefined) return [];
      const { run_id: runId, variant, fold_id: fold } = unit.row;
      return isIntact(unit, checksumOf) ? unit : { key, altered: { runId, variant, fold } };
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
            checksumOf(unit, runId, own),
          );
      });
    },
    /**
     * Units with their predictions, in the order of the keys; null when one of them is not known. `altered` when what is
     * stored of one is not what was written: such units are forgotten.
     */
    find(wanted: readonly string[]): FoundUnit[] | { readonly altered: AlteredUnit } | null {
      const units = read(wanted);
      if (units.length < wanted.length) return null;
      const altered = units.filter((unit) => 'altered' in unit);
      for (const { key } of altered) forget.run(key);
      if (altered[0] !== undefined) return { altered: altered[0].altered };
      return units.flatMap((unit) => {
        if ('altered' in unit) return [];
        const { milliseconds, notices, possible } = unit.row;
        return { milliseconds, notices, parts: possible ? partsOf(unit) : null };
      });
    },
    /** Computes the checksums of all units again. Changes nothing. */
    check(): { readonly checked: number; readonly altered: AlteredUnit[] } {
      const all = keys.all().map(String);
      const altered: AlteredUnit[] = [];
      for (let at = 0; at < all.length; at += PAGE)
        for (const unit of read(all.slice(at, at + PAGE))) if ('altered' in unit) altered.push(unit.altered);
      return { checked: all.length, altered };
    },
    /** Where the unit was computed; null where nobody knows. */
    placeOf(key: string): { readonly runId: string; readonly variant: number; readonly foldId: string } | null {
      const place = PlaceRow.safeParse(one.get(key)).data;
      return place === undefined ? null : { runId: place.run_id, variant: place.variant, foldId: place.fold_id };
    },
  };
}
export type UnitRepository = ReturnType<typeof unitRepository>;

/** Units that are checked together: their arrays lie in memory at once. */
const PAGE = 200;

/** Does `read`; a row that cannot be read is noted under its key. */
function readable(row: unknown, unreadable: Map<string, AlteredUnit>, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { unit_key: key, run_id: runId, variant, fold_id: fold } = parseRow('units', KeyRow, row);
    unreadable.set(key, { runId, variant, fold });
  }
}

/** What was measured is not taken from there: the run has its own data. */
function partsOf({ blocks }: KnownUnit): FoundUnit['parts'] {
  const part = ({ block, place }: PlacedBlock) => {
    const { rows, predicted, probabilities } = partOf(block, place);
    return { rows, predicted, probabilities };
  };
  return { train: part(blocks.train), validation: part(blocks.validation), test: part(blocks.test) };
}

function isIntact({ row, blocks }: KnownUnit, checksumOf: ReturnType<typeof checksums>): boolean {
  const { unit_key: key, run_id, variant, fold_id: fold, possible, milliseconds, notices, checksum } = row;
  if (!checksum.startsWith(WHOLE)) return checksum === (possible ? checksumOfArrays(blocks) : '');
  return (
    checksum === checksumOf({ key, variant, fold, possible, milliseconds, notices }, run_id, possible ? blocks : null)
  );
}

/** Begins a checksum over everything in the row and in its blocks. The ones before were over arrays only. */
const WHOLE = 'unit:';

/** Checksums of units; the arrays of a block are gone through once for all units that lie in it. */
function checksums(): (unit: DoneUnit, runId: string, blocks: UnitBlocks | null) => string {
  const known = new WeakMap<PredictionBlock, string>();
  const digestOf = (block: PredictionBlock): string => {
    const digest = known.get(block) ?? digestOfBlock(block);
    known.set(block, digest);
    return digest;
  };
  return ({ key, variant, fold, possible, milliseconds, notices }, runId, blocks) => {
    const predictions =
      blocks === null
        ? null
        : [blocks.train, blocks.validation, blocks.test].map(({ block, place }) => [digestOf(block), place]);
    const all = [key, runId, variant, fold, possible, milliseconds, notices, predictions];
    return `${WHOLE}${createHash('sha256').update(JSON.stringify(all)).digest('hex')}`;
  };
}

function digestOfBlock({ rows, measured, predicted, probabilities }: PredictionBlock): string {
  const hash = createHash('sha256');
  for (const values of [rows, measured, predicted, probabilities ?? new Float64Array(0)]) addTo(hash, values);
  return hash.digest('hex');
}

/** As the versions before had it: over rows, predictions and probabilities of the three partitions. */
function checksumOfArrays(blocks: UnitBlocks): string {
  const hash = createHash('sha256');
  for (const { block } of [blocks.train, blocks.validation, blocks.test])
    for (const values of [block.rows, block.predicted, block.probabilities ?? new Float64Array(0)]) addTo(hash, values);
  return hash.digest('hex');
}

/** All supported platforms are little-endian. */
function addTo(hash: Hash, values: Int32Array | Float64Array): void {
  hash.update(String(values.length));
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
