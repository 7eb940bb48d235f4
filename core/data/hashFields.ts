import type { XXHash } from 'xxhash-wasm';

/**
 * Writes fields into a hash, as one stream of bytes:
 * - a text is its length in UTF-16 units (uint32) and then its units (little-endian);
 * - numbers are doubles (little-endian) after their count (uint32); every NaN counts as the same NaN, −0 is not 0;
 * - words are 64-bit integers (little-endian) after their count (uint32);
 * - an absent value is the count 0xffffffff.
 */
export interface HashFields {
  count(value: number): void;
  text(value: string | null): void;
  texts(values: readonly string[] | null): void;
  numbers(values: Float64Array): void;
  words(values: BigUint64Array): void;
  digest(): bigint;
}

export function hashFields(hash: XXHash<bigint>): HashFields {
  // Small fields are gathered: each update of the hash costs as much as hashing a few kilobytes.
  const gathered = new Uint8Array(GATHERED);
  let held = 0;

  function flush(): void {
    if (held > 0) hash.update(gathered.subarray(0, held));
    held = 0;
  }
  function count(value: number): void {
    if (held + 4 > GATHERED) flush();
    gathered[held++] = value;
    gathered[held++] = value >>> 8;
    gathered[held++] = value >>> 16;
    gathered[held++] = value >>> 24;
  }
  function text(value: string | null): void {
    count(value?.length ?? ABSENT);
    if (value === null) return;
    for (let k = 0; k < value.length; k++) {
      if (held + 2 > GATHERED) flush();
      const unit = value.charCodeAt(k);
      gathered[held++] = unit;
      gathered[held++] = unit >>> 8;
    }
  }
  /** All supported platforms are little-endian. */
  function bytes({ buffer, byteOffset, byteLength }: Float64Array | BigUint64Array): void {
    flush();
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }

  return {
    count,
    text,
    texts(values) {
      count(values?.length ?? ABSENT);
      for (const value of values ?? []) text(value);
    },
    numbers(values) {
      count(values.length);
      for (let from = 0; from < values.length; from += BLOCK) bytes(withOneNaN(values.subarray(from, from + BLOCK)));
    },
    words(values) {
      count(values.length);
      bytes(values);
    },
    digest() {
      flush();
      return hash.digest();
    },
  };
}

/** NaN has many bit patterns; the values with one of them for all. */
function withOneNaN(values: Float64Array): Float64Array {
  let sum = 0; // NaN as soon as one value is
  for (let k = 0; k < values.length; k++) sum += values[k] * 0;
  return Number.isNaN(sum) ? values.map((value) => (Number.isNaN(value) ? NaN : value)) : values;
}

const ABSENT = 0xffffffff;
/** Bytes. */
const GATHERED = 1 << 14;
/** Doubles that go to the hash at once, so that its own memory stays small. */
const BLOCK = 1 << 16;
