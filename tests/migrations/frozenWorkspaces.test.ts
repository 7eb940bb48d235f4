import { createHash } from 'node:crypto';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { readManifest, verifyManifest } from '#core/artifacts/manifest.ts';
import { migrations } from '#core/workspace/migrations/all.ts';
import {
  aDataset,
  aPrediction,
  aReport,
  aResult,
  aTrial,
  aUnit,
  aVariant,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';
import { openWorkspaceForTest } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const versions = migrations.map((migration) => migration.version);

test('there is a frozen workspace of every version', async () => {
  const folders = (await readdir(HERE)).filter((name) => /^v\d+$/.test(name));
  expect(folders.sort()).toEqual(versions.map((version) => `v${version}`).sort());
});

test.each(versions)('a workspace of version %d opens with everything in it', async (version) => {
  const folder = await temporaryFolder();
  await cp(join(HERE, `v${version}`), folder, { recursive: true });
  const workspace = await openWorkspaceForTest(folder);

  const ID = 'ds_0123456789abcdef';
  const dataset = await workspace.datasets.load(ID);
  expect([...dataset.source.x.data]).toEqual([...aDataset().source.x.data]);
  expect({ ...dataset, source: null }).toEqual({ ...aDataset(), source: null });
  expect(workspace.datasets.detail(ID).report).toEqual(aReport(7, 5));
  expect(workspace.runs.get(RUN_ID)).toMatchObject({ status: 'completed', result: aResult(), seed: 7 });
  expect(workspace.variants.all(RUN_ID)).toEqual([aVariant(0), aVariant(1), aVariant(2, { selected: true })]);
  expect(workspace.predictions.read({ runId: RUN_ID, foldId: 'fold_0' })).toEqual([
    { record: aPrediction(), arrays: someArrays() },
  ]);
  expect(workspace.predictions.list({ runId: RUN_ID, foldId: 'final' })).toMatchObject([
    { refitContext: 'standalone' },
  ]);
  expect(workspace.chains.final(RUN_ID)).toMatchObject({ variant: 2, info: { mean: Float64Array.of(0.5, 1) } });
  expect(workspace.events.since(RUN_ID, 0)).toHaveLength(1);
  expect(workspace.pipelines.get('pl_aaaaaa').name).toBe('Protein by PLS');
  if (version >= 2) {
    expect(workspace.units.find([aUnit().key])).toEqual([
      { milliseconds: aUnit().milliseconds, notices: aUnit().notices, parts: null },
    ]);
    expect(workspace.trials.ofRun(RUN_ID)).toEqual([aTrial()]);
  } else expect(workspace.units.find([aUnit().key])).toBeNull();
  expect(workspace.preferences.all()).toEqual({ theme: 'dark' });
  const manifest = await readManifest(folder, `runs/${RUN_ID}/manifest.json`);
  expect(manifest && (await verifyManifest(folder, manifest))).toEqual({ missing: [], altered: [] });
  expect(await workspace.verify()).toMatchObject({ checked: { artifacts: 2 }, missing: [], altered: [], orphaned: [] });
});

test('a unit of version 2 is known with its predictions after the migration, and noticed when they were altered', async () => {
  const folder = await temporaryFolder();
  await cp(join(HERE, 'v2'), folder, { recursive: true });
  const { rows, predicted } = someArrays();
  const key = 'ef'.repeat(32);
  const old = new Sqlite(join(folder, 'workspace.db'));
  // As version 2 wrote it: length and bytes of rows, predictions and probabilities, of each partition in turn.
  const hash = createHash('sha256').update('000'); // no training samples
  for (const values of [rows, predicted]) hash.update(String(values.length)).update(new Uint8Array(values.buffer));
  const checksum = hash.update('0').update('000').digest('hex');
  old.prepare("INSERT INTO units VALUES (?, ?, 0, 'fold_0', 1, 8, '[]', ?)").run(key, RUN_ID, checksum);
  old.close();

  const workspace = await openWorkspaceForTest(folder);
  expect(workspace.units.find([key, aUnit().key])).toMatchObject([
    { milliseconds: 8, parts: { train: { rows: new Int32Array(0) }, validation: { rows, predicted } } },
    { parts: null },
  ]);
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.prepare('UPDATE prediction_blocks SET y_pred = zeroblob(length(y_pred))').run();
  db.close();
  expect(workspace.units.find([key])).toEqual({ altered: { runId: RUN_ID, variant: 0, fold: 'fold_0' } });
});

test('the schema is the one that was released, however a workspace came to it', async () => {
  const workspace = await openWorkspaceForTest();
  const db = new Sqlite(join(workspace.folder, 'workspace.db'), { readonly: true });
  const schema = db.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').pluck().all();
  db.close();
  await expect(`${schema.join(';\n\n')};\n`).toMatchFileSnapshot('schema.sql');
});
