import xxhash, { type XXHash } from 'xxhash-wasm';
import type { Dataset } from '#core/data/dataset.ts';

/** The content hash of a dataset: 16 hexadecimal digits. */
export type ContentHash = (dataset: Dataset) => string;

/**
 * Makes the function that hashes datasets (loading the hash takes a moment, using it does not).
 *
 * The hash is XXH64 (seed 0) over everything that can change a result or a screen, as one stream of fields:
 * - a text is its length in UTF-16 units (uint32) and then its units (little-endian);
 * - numbers are doubles (little-endian) after their count (uint32); every NaN counts as the same NaN, −0 is not 0;
 * - an absent value is the count 0xffffffff.
 *
 * Order of the fields: format version 1; signal, axis unit, axis values; rows, columns and
 * values of X; sample ids; number of targets, each with name, unit, values; number of metadata columns, each with name
 * and values; split labels. The names of the dataset, the source and the files are left out: renamed
 * data is the same data.
 */
export async function contentHasher(): Promise<ContentHash> {
  const hashes = await xxhash();
  return (dataset) => {
    const field = fieldWriter(hashes.create64(0n));
    const { source } = dataset;
    field.count(FORMAT_VERSION);
    field.text(source.signal);
    field.text(source.axis.unit);
    field.numbers(source.axis.values);
    field.count(source.x.rows);
    field.count(source.x.cols);
    field.numbers(source.x.data);
    field.texts(dataset.sampleIds);
    field.count(dataset.targets.length);
    for (const target of dataset.targets) {
      field.text(target.name);
      field.text(target.unit);
      field.numbers(target.values);
    }
    field.count(dataset.metadata.length);
    for (const column of dataset.metadata) {
      field.text(column.name);
      field.texts(column.values);
    }
    field.texts(dataset.split);
    return field.digest().toString(16).padStart(16, '0');
  };
}

interface FieldWriter {
  count(value: number): void;
  text(value: string | null): void;
  texts(values: readonly string[] | null): void;
  numbers(values: Float64Array): void;
  digest(): bigint;
}

function fieldWriter(hash: XXHash<bigint>): FieldWriter {
  const count = (value: number): void => {
    hash.update(Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24));
  };
  const text = (value: string | null): void => {
    if (value === null) {
      count(ABSENT);
      return;
    }
    count(value.length);
    const bytes = new Uint8Array(2 * value.length);
    for (let k = 0; k < value.length; k++) {
      const unit = value.charCodeAt(k);
      bytes[2 * k] = unit;
      bytes[2 * k + 1] = unit >>> 8;
    }
    hash.update(bytes);
  };
  return {
    count,
    text,
    texts(values) {
      if (values === null) {
        count(ABSENT);
        return;
      }
      count(values.length);
      for (const value of values) text(value);
    },
    numbers(values) {
      count(values.length);
      for (let from = 0; from < values.length; from += BLOCK) hashBlock(hash, values.subarray(from, from + BLOCK));
    },
    digest: () => hash.digest(),
  };
}

/** In blocks, so that the hash's own memory stays small. All supported platforms are little-endian. */
function hashBlock(hash: XXHash<bigint>, values: Float64Array): void {
  let sum = 0; // NaN as soon as one value is
  for (let k = 0; k < values.length; k++) sum += values[k] * 0;
  const clean = Number.isNaN(sum) ? values.map((value) => (Number.isNaN(value) ? NaN : value)) : values;
  hash.update(new Uint8Array(clean.buffer, clean.byteOffset, clean.byteLength));
}

const FORMAT_VERSION = 1;
const ABSENT = 0xffffffff;
const BLOCK = 1 << 16;
