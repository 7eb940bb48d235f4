import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { bytesToDoubles, bytesToIntegers, doublesToBytes, integersToBytes } from '#core/artifacts/littleEndian.ts';
import { EngineError } from '#core/base/errors.ts';
import { Bytes, parseRow } from '#core/workspace/rows.ts';

/** All three have length n; `rows` are rows of the dataset, the rest is in the unit of the target. */
export interface PredictionArrays {
  readonly rows: Int32Array;
  readonly measured: Float64Array;
  readonly predicted: Float64Array;
  /** Classification: n × K, row-major; null for models without probabilities. */
  readonly probabilities: Float64Array | null;
}

/** The same of m models for one list of samples, one model after another: `predicted` m × n, `probabilities` m × n × K. */
export type PredictionBlock = PredictionArrays;

/** One model's part of a block. */
export interface PlacedBlock {
  readonly block: PredictionBlock;
  /** Which of the m models. */
  readonly place: number;
}

/** A block as it is built, with what stands in it, in order. */
export interface PackedBlock<T> {
  readonly block: PredictionBlock;
  readonly members: readonly T[];
}

/** One block holds at most this much, so that a large dataset with many models needs neither huge rows nor huge memory. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** Puts together what shares its lists of rows and measured values (the very same arrays), in the order given. */
export function packedBlocks<T extends { readonly arrays: PredictionArrays }>(
  entries: readonly T[],
  largest = LARGEST_BYTES,
): PackedBlock<T>[] {
  const open = new Map<Int32Array, T[]>();
  const lists: T[][] = [];
  for (const entry of entries) {
    const { rows, predicted, probabilities } = requireOneLength(entry.arrays);
    const list = open.get(rows);
    const bytes = ((list?.length ?? 0) + 1) * (predicted.byteLength + (probabilities?.byteLength ?? 0));
    if (list?.[0] !== undefined && sameShape(list[0].arrays, entry.arrays) && bytes <= largest) list.push(entry);
    else {
      const fresh = [entry];
      open.set(rows, fresh);
      lists.push(fresh);
    }
  }
  return lists.map((members) => ({ members, block: joined(members.map(({ arrays }) => arrays)) }));
}

/** One model's part of a block, without copying: whoever sends it elsewhere copies it first. */
export function partOf(block: PredictionBlock, place: number): PredictionArrays {
  const { rows, measured, predicted, probabilities } = block;
  const models = rows.length === 0 ? 1 : predicted.length / rows.length;
  const width = (probabilities?.length ?? 0) / models;
  if ((place + 1) * rows.length > predicted.length || !Number.isInteger(models) || !Number.isInteger(width))
    throw new EngineError('workspace.bad-row', {
      table: 'prediction_blocks',
      problem: `${rows.length} samples and ${predicted.length} predictions have no model ${place + 1}.`,
    });
  return {
    rows,
    measured,
    predicted: predicted.subarray(place * rows.length, (place + 1) * rows.length),
    probabilities: probabilities?.subarray(place * width, (place + 1) * width) ?? null,
  };
}

const Row = z
  .strictObject({ sample_rows: Bytes, y_true: Bytes, y_pred: Bytes, class_probabilities: Bytes.nullable() })
  .transform((row): PredictionBlock => ({
    rows: bytesToIntegers(row.sample_rows),
    measured: bytesToDoubles(row.y_true),
    predicted: bytesToDoubles(row.y_pred),
    probabilities: row.class_probabilities === null ? null : bytesToDoubles(row.class_probabilities),
  }));

/** The table of the arrays. */
export function predictionBlocks(db: Database) {
  const insert = db.prepare(
    'INSERT INTO prediction_blocks (run_id, sample_rows, y_true, y_pred, class_probabilities) VALUES (?, ?, ?, ?, ?)',
  );
  const one = db.prepare('SELECT sample_rows, y_true, y_pred, class_probabilities FROM prediction_blocks WHERE id = ?');
  return {
    /** Answers with the number of the block. */
    add: (runId: string, { rows, measured, predicted, probabilities }: PredictionBlock): number | bigint =>
      insert.run(
        runId,
        integersToBytes(rows),
        doublesToBytes(measured),
        doublesToBytes(predicted),
        probabilities === null ? null : doublesToBytes(probabilities),
      ).lastInsertRowid,
    /** Reads blocks, each once however often it is asked for. */
    reader(): (id: number) => PredictionBlock {
      const known = new Map<number, PredictionBlock>();
      return (id) => {
        const block = known.get(id) ?? parseRow('prediction_blocks', Row, one.get(id));
        known.set(id, block);
        return block;
      };
    },
  };
}
export type PredictionBlocks = ReturnType<typeof predictionBlocks>;

function requireOneLength(arrays: PredictionArrays): PredictionArrays {
  const { rows, measured, predicted } = arrays;
  if (measured.length === rows.length && predicted.length === rows.length) return arrays;
  throw new RangeError(`Predictions of unequal length: ${rows.length}, ${measured.length}, ${predicted.length}.`);
}

const sameShape = (a: PredictionArrays, b: PredictionArrays): boolean =>
  a.measured === b.measured && a.probabilities?.length === b.probabilities?.length;

function joined(parts: readonly PredictionArrays[]): PredictionBlock {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? noPredictions;
  const predicted = new Float64Array(parts.length * first.predicted.length);
  const width = first.probabilities?.length;
  const probabilities = width === undefined ? null : new Float64Array(parts.length * width);
  parts.forEach((part, place) => {
    predicted.set(part.predicted, place * first.predicted.length);
    if (part.probabilities !== null) probabilities?.set(part.probabilities, place * part.probabilities.length);
  });
  return { rows: first.rows, measured: first.measured, predicted, probabilities };
}

/** A partition without samples. */
export const noPredictions: PredictionArrays = {
  rows: new Int32Array(0),
  measured: new Float64Array(0),
  predicted: new Float64Array(0),
  probabilities: null,
};
