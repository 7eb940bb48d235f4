import { expect, test } from 'vitest';
import { contentHasher } from '#core/data/contentHash.ts';
import type { Dataset } from '#core/data/dataset.ts';

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
  const hashes = [dataset, ...changed].map(hash);
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
