import xxhash, { type XXHashAPI } from 'xxhash-wasm';
import type { Dataset } from '#core/data/dataset.ts';
import { sourcesOf } from '#core/data/sources.ts';
import { hashFields, type HashFields } from '#core/data/hashFields.ts';

/**
 * The content hash of a dataset: 16 hexadecimal digits.
 *
 * `grownFrom` makes the same hash sooner: a dataset that this function has hashed before, and with whose spectra those of
 * this one begin (samples were appended). Only what was appended is read then. Spectra that this function has met
 * before (the same array: spectra never change in place) are not read again in any case, whatever stands beside them.
 */
export type ContentHash = (dataset: Dataset, grownFrom?: Dataset) => string;

export interface HasherSettings {
  /** Default 2, the format of all new hashes. 1: the hash that earlier versions of Refract stored for the same dataset. */
  readonly format?: 1 | 2;
  /** Default: loads XXH64. */
  readonly load?: () => Promise<XXHashAPI>;
}

/**
 * Makes the function that hashes datasets (loading the hash takes a moment, using it does not).
 *
 * The hash is XXH64 (seed 0) over everything that can change a result or a screen, as one stream of fields (see
 * `HashFields`): format version 2; number of sources, each with signal, axis unit, axis values, rows, columns and the
 * XXH64 of each block of 65,536 values of X, row after row, the last block shorter; sample ids; number of targets,
 * each with name, unit, values; number of metadata columns, each with name and values; split labels. The names of the
 * dataset, the source and the files are left out: renamed data is the same data.
 *
 * Several sources stand side by side in one X. Each has its name (steps choose sources by name), signal, axis unit, axis
 * values, rows and columns; the blocks of X follow the last of them.
 *
 * Blocks stay what they are when spectra follow them. Format 1 had no number of sources, and the values of X
 * themselves instead of the hashes of their blocks.
 */
export async function contentHasher({ format = 2, load = xxhash }: HasherSettings = {}): Promise<ContentHash> {
  const hashes = await load();
  const known = new WeakMap<Float64Array, BigUint64Array>();

  function blocksOf(values: Float64Array, grownFrom: Float64Array | undefined): BigUint64Array {
    const found = known.get(values);
    if (found !== undefined) return found;
    const before = grownFrom && grownFrom.length <= values.length ? known.get(grownFrom) : undefined;
    const blocks = new BigUint64Array(Math.ceil(values.length / BLOCK));
    const whole = before ? Math.floor((grownFrom?.length ?? 0) / BLOCK) : 0;
    if (before) blocks.set(before.subarray(0, whole));
    for (let block = whole; block < blocks.length; block++) {
      const { buffer, byteOffset, byteLength } = values.subarray(block * BLOCK, (block + 1) * BLOCK);
      blocks[block] = hashes.h64Raw(new Uint8Array(buffer, byteOffset, byteLength));
    }
    known.set(values, blocks);
    return blocks;
  }

  function writeSpectra(fields: HashFields, dataset: Dataset, grownFrom: Dataset | undefined): void {
    const { x } = dataset.source;
    const sources = sourcesOf(dataset);
    if (format === 2 || sources.length > 1) fields.count(sources.length);
    for (const { name, from, to, axis, signal } of sources) {
      if (sources.length > 1) fields.text(name);
      fields.text(signal);
      fields.text(axis.unit);
      fields.numbers(axis.values);
      fields.count(x.rows);
      fields.count(to - from);
    }
    if (format === 1) fields.numbers(x.data);
    else fields.words(blocksOf(x.data, grownFrom?.source.x.data));
  }

  return (dataset, grownFrom) => {
    const fields = hashFields(hashes.create64(0n));
    fields.count(format);
    writeSpectra(fields, dataset, grownFrom);
    fields.texts(dataset.sampleIds);
    fields.count(dataset.targets.length);
    for (const target of dataset.targets) {
      fields.text(target.name);
      fields.text(target.unit);
      fields.numbers(target.values);
    }
    fields.count(dataset.metadata.length);
    for (const column of dataset.metadata) {
      fields.text(column.name);
      fields.texts(column.values);
    }
    fields.texts(dataset.split);
    return fields.digest().toString(16).padStart(16, '0');
  };
}

/** Values in a block: part of the format. */
const BLOCK = 1 << 16;
