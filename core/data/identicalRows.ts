import type { Matrix } from '#core/numerics/matrix.ts';

/**
 * Groups of rows that are equal in every value, each with at least two members, in order of their first row.
 * Rows are sorted into buckets by a 32-bit hash of a few of their values, those that meet by a hash of all, and then
 * compared, so a collision costs time only.
 */
export function identicalRows(x: Matrix): number[][] {
  const words = new Uint32Array(x.data.buffer, x.data.byteOffset, x.data.length * 2);
  const width = x.cols * 2;
  const all = Array.from({ length: x.rows }, (_, i) => i);
  // An odd step reaches low and high words.
  const step = Math.max(1, Math.floor(width / FEW_WORDS)) | 1;
  const groups: number[][] = [];
  for (const alike of bucketsOf(all, (i) => hashWords(words, i * width, width, step)))
    for (const bucket of bucketsOf(alike, (i) => hashWords(words, i * width, width, 1))) {
      let rest = bucket;
      while (rest.length > 1) {
        const first = rest[0];
        const same = rest.filter((row) => equalWords(words, first * width, row * width, width));
        if (same.length > 1) groups.push(same);
        rest = rest.filter((row) => !same.includes(row));
      }
    }
  return groups.sort((a, b) => a[0] - b[0]);
}

const FEW_WORDS = 64;

/** Rows with equal hashes, where there are at least two. */
function bucketsOf(rows: readonly number[], hash: (row: number) => number): number[][] {
  const buckets = new Map<number, number[]>();
  for (const row of rows) {
    const key = hash(row);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(row);
    else buckets.set(key, [row]);
  }
  return [...buckets.values()].filter(({ length }) => length > 1);
}

/** The mixing step of MurmurHash3 (Appleby, public domain) for 32-bit words. */
function hashWords(words: Uint32Array, start: number, count: number, step: number): number {
  let hash = count;
  for (let k = start; k < start + count; k += step) {
    let word = Math.imul(words[k], 0xcc9e2d51);
    word = (word << 15) | (word >>> 17);
    hash ^= Math.imul(word, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  return hash;
}

function equalWords(words: Uint32Array, a: number, b: number, count: number): boolean {
  for (let k = 0; k < count; k++) if (words[a + k] !== words[b + k]) return false;
  return true;
}
