import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { collectGarbage, inspectWorkspace, openWorkspace, type WorkspaceCheck } from '#core/workspace/index.ts';
import {
  aNewDataset,
  aPrediction,
  aRun,
  aTrial,
  aUnit,
  aVariant,
  fixedNow,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const options = { now: fixedNow };
const hashes = { dataset: () => Promise.resolve(['0123456789abcdef']), pipeline: () => 'fedcba9876543210' };
const use = { kind: 'model', role: 'model', runId: RUN_ID, variant: 0, phase: 'refit', foldId: 'final' } as const;
const OTHER_RUN = '20261122T031500.123Z-0000';
const TEMPORARY = '.refract-0123456789abcdef.tmp';

/** A closed workspace with something of everything that has a checksum. */
async function made(): Promise<{ folder: string; model: string }> {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace(folder, options);
  await workspace.datasets.save(aNewDataset());
  workspace.runs.add(aRun());
  workspace.variants.put(RUN_ID, [aVariant(0)]);
  const parts = { train: someArrays(4), validation: someArrays(2, 4), test: someArrays(1, 6) };
  const entries = (['train', 'validation', 'test'] as const).map((partition) => ({
    record: aPrediction({ foldId: 'fold_1', partition }),
    arrays: parts[partition],
  }));
  const [train, validation, test] = [...workspace.predictions.put(entries).values()];
  if (train === undefined || validation === undefined || test === undefined)
    throw new Error('Three blocks belong here.');
  workspace.units.put(RUN_ID, [{ unit: aUnit({ possible: true }), blocks: { train, validation, test } }]);
  workspace.trials.put(RUN_ID, 'study', aTrial(0));
  const { sha256 } = await workspace.artifacts.keep(Uint8Array.of(1, 2, 3), { ...use, transient: false });
  workspace.close();
  return { folder, model: `artifacts/${sha256.slice(0, 2)}/${sha256}.bin` };
}

/** Every file with its content, to see that nothing changed. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path] = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : 'folder';
  }
  return found;
}

function inDatabase(folder: string, sql: string): void {
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
}

test('a sound workspace: everything was read, and nothing changed', async () => {
  const { folder } = await made();
  const before = await contentsOf(folder);
  expect(await inspectWorkspace(folder, hashes)).toEqual({
    sound: true,
    checked: { artifacts: 2, manifests: 0, datasets: 1, units: 1, trials: 1 },
    missing: [],
    altered: [],
    database: [],
    orphaned: [],
  });
  expect(await collectGarbage(folder, false)).toEqual({ dryRun: false, removed: [], bytes: 0 });
  expect(await contentsOf(folder)).toEqual(before);
});

const damages: readonly [string, (folder: string, model: string) => Promise<void> | void, Partial<WorkspaceCheck>][] = [
  ['a content that is gone', (folder, model) => unlink(join(folder, model)), { altered: [], database: [] }],
  ['a content with one bit flipped', (folder, model) => writeFile(join(folder, model), Uint8Array.of(1, 2, 2)), {}],
  ['a content that was cut off', (folder, model) => writeFile(join(folder, model), ''), {}],
  [
    'a run without the manifest of its completion',
    (folder) => inDatabase(folder, "UPDATE runs SET status = 'completed'"),
    { missing: [`runs/${RUN_ID}/manifest.json`] },
  ],
  [
    'a manifest that cannot be read',
    async (folder) => {
      await mkdir(join(folder, 'runs', RUN_ID), { recursive: true });
      await writeFile(join(folder, 'runs', RUN_ID, 'manifest.json'), '{"format": 1');
    },
    { altered: [`runs/${RUN_ID}/manifest.json`] },
  ],
  [
    'predictions',
    (folder) => inDatabase(folder, 'UPDATE prediction_blocks SET y_pred = zeroblob(length(y_pred))'),
    { database: [expect.stringMatching(/those of the run .* variant 1, fold_1/) as string] },
  ],
  ['arrays that are gone', (folder) => inDatabase(folder, 'DELETE FROM prediction_blocks WHERE id = 1'), {}],
  [
    'trials',
    (folder) => inDatabase(folder, "UPDATE trials SET trial = replace(trial, '0.5', '0.4')"),
    { database: [expect.stringContaining('trials:') as string] },
  ],
  ['a number of references', (folder) => inDatabase(folder, 'UPDATE artifacts SET ref_count = ref_count + 1'), {}],
  ['a reference to nothing', (folder) => inDatabase(folder, "UPDATE artifact_uses SET run_id = 'nobody'"), {}],
  ['a row that is no row', (folder) => inDatabase(folder, "UPDATE runs SET error = 'no JSON'"), {}],
  [
    'the values of a target',
    (folder) => inDatabase(folder, "UPDATE datasets SET content_hash = 'other'"),
    { database: [expect.stringContaining('Wheat, autumn') as string] },
  ],
];

test.each(damages)('damaged: %s', async (_, damage, expected) => {
  const { folder, model } = await made();
  await damage(folder, model);
  const before = await contentsOf(folder);
  const found = await inspectWorkspace(folder, hashes);
  expect(found).toMatchObject({ sound: false, ...expected });
  expect(found.missing.length + found.altered.length + found.database.length).toBeGreaterThan(0);
  expect(await contentsOf(folder)).toEqual(before);
});

test('damaged: the pipeline of a run, which no longer has the hash that was stored', async () => {
  const { folder } = await made();
  const found = await inspectWorkspace(folder, { ...hashes, pipeline: () => 'another' });
  expect(found).toMatchObject({ sound: false, database: [expect.stringContaining(RUN_ID)] });
});

test('orphans are found, harmless and removed; what a row refers to and what is not ours stays', async () => {
  const { folder, model } = await made();
  const sha256 = createHash('sha256').update('lost').digest('hex');
  const lost = `artifacts/${sha256.slice(0, 2)}/${sha256}.bin`;
  const misplaced = `artifacts/zz/${model.slice(-68)}`;
  const orphans = [lost, misplaced, TEMPORARY, `runs/${RUN_ID}/${TEMPORARY}`, `exports/${TEMPORARY}`];
  const others = ['notes.txt', 'artifacts/read me.txt', 'runs/my experiments/plan.txt', 'models/mine.bin'];
  const lostRun = [`runs/${OTHER_RUN}/run.yaml`, `runs/${OTHER_RUN}/report/figure.svg`];
  for (const path of [...orphans, ...others, ...lostRun]) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), 'lost');
  }
  const wanted = [...orphans, `runs/${OTHER_RUN}`].sort();
  const before = await contentsOf(folder);
  const found = await inspectWorkspace(folder, hashes);
  expect(found.sound).toBe(true);
  expect(found.orphaned.map(({ path }) => path).sort()).toEqual(wanted);
  const dry = await collectGarbage(folder, true);
  expect(dry).toMatchObject({ dryRun: true, bytes: 28 });
  expect(await contentsOf(folder)).toEqual(before);

  const report = await collectGarbage(folder, false);
  expect(report.removed).toEqual(dry.removed);
  expect(report.removed.map(({ path }) => path).sort()).toEqual(wanted);
  const left = Object.keys(await contentsOf(folder)).map((path) => path.slice(folder.length + 1));
  expect(left).toEqual(expect.arrayContaining([...others, model]));
  for (const path of [...orphans, ...lostRun]) expect(left).not.toContain(path);
  expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true, orphaned: [] });
  expect(await collectGarbage(folder, false)).toMatchObject({ removed: [] });
});

test('a deletion that was interrupted is neither damage nor an orphan: the next opening finishes it', async () => {
  const { folder, model } = await made();
  inDatabase(folder, 'UPDATE artifact_uses SET deleting = 1');
  expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true, orphaned: [] });
  await unlink(join(folder, model)); // the process was killed after the file and before the row
  expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true, orphaned: [] });
  (await openWorkspace(folder, options)).close();
  expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true, checked: { artifacts: 1 } });
});

test('a damaged database cannot say what is an orphan: nothing is removed', async () => {
  const { folder } = await made();
  inDatabase(folder, 'UPDATE artifacts SET ref_count = ref_count + 1');
  await writeFile(join(folder, TEMPORARY), '');
  await expect(collectGarbage(folder, false)).rejects.toMatchObject({ code: 'workspace.damaged' });
  expect(await readdir(folder)).toContain(TEMPORARY);
});

test('a run that cannot be removed completely does not keep its dataset, and the next opening finishes it', async () => {
  const { folder } = await made();
  const workspace = await openWorkspace(folder, options);
  workspace.runs.markDeleting(RUN_ID); // and then the removal stopped
  await workspace.datasets.remove('ds_0123456789abcdef');
  expect(workspace.datasets.list()).toEqual([]);
  expect(await workspace.verify(hashes)).toMatchObject({ sound: true, checked: { artifacts: 0 }, orphaned: [] });
  workspace.close();
});

test('a workspace that must not be written can be checked all the same', async () => {
  const { folder } = await made();
  if (process.getuid?.() === 0) {
    // Nothing is read-only to root: tests/chaos/faults.ts does it on a drive that is.
    expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true });
    return;
  }
  await chmod(folder, 0o500);
  try {
    expect(await inspectWorkspace(folder, hashes)).toMatchObject({ sound: true });
    await expect(openWorkspace(folder, options)).rejects.toMatchObject({ code: 'workspace.read-only' });
  } finally {
    await chmod(folder, 0o700);
  }
});
