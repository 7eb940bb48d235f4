import fc from 'fast-check';
import { expect, test } from 'vitest';
import xxhash from 'xxhash-wasm';
import { contentHasher } from '#core/data/contentHash.ts';
import type { Dataset } from '#core/data/dataset.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';

const dataset: Dataset = {
  name: 'set',
  source: {
    name: 'X.csv',
    axis: { unit: 'nm', values: Float64Array.of(1, 2, 3) },
    x: { rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6) },
    signal: 'absorbance',
  },
  sampleIds: ['a', 'b'],
  targets: [{ name: 'fat', unit: '%', values: Float64Array.of(1, NaN) }],
  metadata: [{ name: 'site', values: ['n', 's'] }],
  split: ['train', 'test'],
  files: ['X.csv'],
};
const { source } = dataset;
const fat = dataset.targets[0];

test('any single change gives another hash, a copy gives the same', async () => {
  const hash = await contentHasher();
  const changed: Dataset[] = [
    ...Array.from(source.x.data, (_, k) => ({ ...dataset, source: { ...source, x: { ...source.x, data: source.x.data.map((v, j) => (j === k ? v + 2 ** -50 : v)) } } })),
    ...Array.from(source.axis.values, (_, k) => ({ ...dataset, source: { ...source, axis: { ...source.axis, values: source.axis.values.map((v, j) => (j === k ? v + 1e-9 : v)) } } })),
    { ...dataset, source: { ...source, x: { rows: 3, cols: 2, data: source.x.data } } },
    { ...dataset, source: { ...source, axis: { ...source.axis, unit: 'cm-1' } } },
    { ...dataset, source: { ...source, signal: 'reflectance' } },
    { ...dataset, sampleIds: ['a', 'c'] },
    { ...dataset, sampleIds: ['ab', ''] },
    { ...dataset, targets: [] },
    ...(fat ? [{ ...fat, name: 'Fat' }, { ...fat, unit: null }, { ...fat, unit: '' }, { ...fat, values: Float64Array.of(1, 2) }, { ...fat, values: Float64Array.of(NaN, 1) }] : []).map((target) => ({ ...dataset, targets: [target] })),
    { ...dataset, metadata: [{ name: 'sit', values: ['n', 's'] }] },
    { ...dataset, metadata: [{ name: 'site', values: ['n', 't'] }] },
    { ...dataset, metadata: [] },
    { ...dataset, split: ['test', 'train'] },
    { ...dataset, split: null },
  ]; // prettier-ignore
  const hashes = [dataset, ...changed].map((one) => hash(one));
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hash(structuredClone(dataset))).toBe(hashes[0]);
  expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
});

test('a missing value is one value, whatever its bits, and names of files do not count', async () => {
  const hash = await contentHasher();
  const oddNaN = new Float64Array(new BigUint64Array([0x3ff0000000000000n, 0xfff8000000000123n]).buffer);
  const same = {
    ...dataset,
    name: 'renamed',
    files: ['other.csv'],
    targets: [{ name: 'fat', unit: '%', values: oddNaN }],
  };
  expect(hash(same)).toBe(hash(dataset));
});

test('a change beyond the first block counts too', async () => {
  const hash = await contentHasher();
  const large = (last: number): Dataset => {
    const data = new Float64Array(new SharedArrayBuffer(8 * 200_000));
    data[199_999] = last;
    return { ...dataset, source: { ...source, x: { rows: 2, cols: 100_000, data } } };
  };
  expect(hash(large(1))).not.toBe(hash(large(2)));
});

test('the values of both formats stay as workspaces have them', async () => {
  const [now, earlier] = [await contentHasher(), await contentHasher({ format: 1 })];
  const longIds = {
    ...syntheticSpectra(40, 12, 3),
    sampleIds: Array.from({ length: 40 }, (_, i) => `${'é'.repeat(300)}${i}`),
  };
  const datasets = [dataset, syntheticSpectra(150, 1000, 3), longIds];
  // Format 1: what the application wrote before format 2 existed.
  expect(datasets.map((one) => earlier(one))).toEqual(['e460b527264d32a0', '8db65d0a8b89a03a', '63199722bad0305c']);
  expect(datasets.map((one) => now(one))).toEqual(['445febb238bb9978', 'bc5e1b36dccf5b3c', '098de0bea0c58d08']);
});

/** A hasher that counts the bytes of spectra it reads. */
async function countingHasher() {
  const hashes = await xxhash();
  let bytes = 0;
  const h64Raw: typeof hashes.h64Raw = (input, seed) => {
    bytes += input.byteLength;
    return hashes.h64Raw(input, seed);
  };
  const hash = await contentHasher({ load: () => Promise.resolve({ ...hashes, h64Raw }) });
  return { hash, bytes: () => bytes };
}

const BLOCK_BYTES = 8 * 65_536;

function withRows(all: Dataset, rows: number): Dataset {
  const { source, sampleIds, targets, metadata } = all;
  const data = source.x.data.slice(0, rows * source.x.cols);
  return {
    ...all,
    source: { ...source, x: { rows, cols: source.x.cols, data } },
    sampleIds: sampleIds.slice(0, rows),
    targets: targets.map((target) => ({ ...target, values: target.values.slice(0, rows) })),
    metadata: metadata.map((column) => ({ ...column, values: column.values.slice(0, rows) })),
  };
}

test('appended samples: the same hash, and nothing before them but the last block is read again', async () => {
  const all = syntheticSpectra(700, 500, 2);
  const fresh = await contentHasher();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 700 }), async (a, b) => {
      const [few, many] = [withRows(all, Math.min(a, b)), withRows(all, Math.max(a, b))];
      const { hash, bytes } = await countingHasher();
      hash(few);
      const before = few.source.x.data.byteLength;
      expect(bytes()).toBe(before);
      expect(hash(many, few)).toBe(fresh(many));
      const appended = many.source.x.data.byteLength - before;
      expect(bytes() - before).toBe(appended + (before % BLOCK_BYTES));
    }),
    { numRuns: 30 },
  );
});

test('spectra that were hashed before are not read again when other things change', async () => {
  const { hash, bytes } = await countingHasher();
  const first = syntheticSpectra(300, 500, 1);
  hash(first);
  const once = bytes();
  const labelled = { ...first, split: first.sampleIds.map((_, i) => (i % 2 === 0 ? 'train' : 'test')) };
  expect(hash(labelled)).toBe((await contentHasher())(labelled));
  expect(bytes()).toBe(once);
});

test('without a hash of the earlier spectra everything is read', async () => {
  const { hash, bytes } = await countingHasher();
  const all = syntheticSpectra(300, 500, 1);
  expect(hash(all, withRows(all, 200))).toBe((await contentHasher())(all));
  expect(bytes()).toBe(all.source.x.data.byteLength);
});
