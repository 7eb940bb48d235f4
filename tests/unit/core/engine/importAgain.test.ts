import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { importPaths } from '#core/engine/index.ts';
import { importDataset } from '#core/io/importDataset.ts';
import { inspectImport } from '#core/io/inspectImport.ts';
import { openTestEngine, resources, type TestEngine } from '#tests/support/engineFixture.ts';

const tecator = [join(resources, 'samples', 'tecator')];

const imported = ({ engine }: TestEngine) =>
  importPaths(engine.parts, tecator, { cancel: neverCancelled, onProgress: () => undefined });

describe('the same files again', () => {
  test('are the dataset that is there', async () => {
    const engine = await openTestEngine();
    const first = await imported(engine);
    expect(await imported(engine)).toEqual(first);
    expect(await engine.call('datasets.list', {})).toHaveLength(1);
  });

  test('are the dataset that an earlier version of the application stored under its own hash', async () => {
    const engine = await openTestEngine();
    const { files, workspace } = engine.engine.parts;
    const { options } = await inspectImport(tecator, files);
    const { dataset } = await importDataset(tecator, files, options);
    const contentHash = (await contentHasher({ format: 1 }))(dataset);
    const report = dataReport(dataset);
    await workspace.datasets.save({ id: 'ds_earlier', dataset, contentHash, options, report, warnings: 0 });
    expect(await imported(engine)).toEqual({ id: 'ds_earlier' });
    expect(await engine.call('datasets.list', {})).toHaveLength(1);
  });
});
