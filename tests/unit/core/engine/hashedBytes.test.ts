import type * as Crypto from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { openTestEngine } from '#tests/support/engineFixture.ts';

const hashed = vi.hoisted(() => ({ bytes: 0 }));

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>();
  const createHash: typeof crypto.createHash = (...settings) => {
    const hash = crypto.createHash(...settings);
    const update = hash.update.bind(hash);
    hash.update = (data: Crypto.BinaryLike) => {
      hashed.bytes += typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
      return update(data);
    };
    return hash;
  };
  return { ...crypto, createHash };
});

test('the spectra are hashed when they are stored and when they are read, and by no run', async () => {
  const { engine, run } = await openTestEngine();
  const { workspace } = engine.parts;
  const dataset = syntheticSpectra(100, 4000, 1);
  const spectra = dataset.source.x.data.byteLength;
  const contentHash = (await contentHasher())(dataset);
  const report = dataReport(dataset);
  await workspace.datasets.save({ id: 'ds_spectra', dataset, contentHash, options: null, report, warnings: 0 });
  const pipeline = 'pipeline:\n  - KFold: {n_splits: 2}\n  - PLS: {n_components: 2, scale: false}\n';

  const bytesOfRun = async () => {
    const before = hashed.bytes;
    await run({ datasetId: 'ds_spectra', pipeline, cache: false });
    return hashed.bytes - before;
  };
  expect(hashed.bytes).toBeGreaterThanOrEqual(spectra);
  // The first run loads the dataset, which checks it against its checksum.
  expect(await bytesOfRun()).toBeGreaterThanOrEqual(spectra);
  // The identity of the data is made from that checksum; models and their manifests have a few thousand values.
  expect(await bytesOfRun()).toBeLessThan(spectra / 5);
});
