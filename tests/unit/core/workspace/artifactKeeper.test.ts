import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openWorkspace, type ArtifactUse } from '#core/workspace/index.ts';
import { aNewDataset, aRun, aVariant, fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { openWorkspaceForTest, workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const use = (changes: Partial<ArtifactUse> = {}): ArtifactUse => ({
  kind: 'transform',
  role: 'step',
  runId: RUN_ID,
  variant: 0,
  phase: 'cv',
  foldId: 'fold_0',
  transient: true,
  ...changes,
});
const content = (k: number) => Uint8Array.of(1, 2, 3, k);

test('transient contents go, those that something permanent shares stay', async () => {
  const { artifacts } = await workspaceWithRun();
  const shared = await artifacts.keep(content(0), use());
  await artifacts.keep(content(0), use({ phase: 'refit', foldId: 'final', transient: false }));
  const lost = await artifacts.keep(content(1), use());
  expect(
    artifacts
      .ofRun(RUN_ID)
      .map((row) => row.refCount)
      .sort(),
  ).toEqual([1, 2]);
  expect(await artifacts.releaseTransient(RUN_ID)).toBe(1);
  expect(await artifacts.store.has(lost.sha256)).toBe(false);
  expect(artifacts.ofRun(RUN_ID)).toEqual([{ ...shared, kind: 'transform', refCount: 1 }]);
  expect(await artifacts.store.get(shared.sha256)).toEqual(content(0));
});

test('rows of the caller belong to the same transaction', async () => {
  const { artifacts, chains } = await workspaceWithRun();
  await artifacts.keep(content(0), use({ transient: false }), ({ sha256 }) =>
    chains.put({
      ...{ runId: RUN_ID, variant: 0, modelName: 'PLS', foldId: 'final', phase: 'refit', refitContext: 'standalone' },
      ...{
        chainPathHash: 'a',
        inputDataHash: 'b',
        info: { mean: Float64Array.of(0.5, NaN) },
        createdAt: fixedNow().toISOString(),
      },
      steps: [{ role: 'model', operator: 'PLS', version: 1, params: { n_components: 3 }, sha256 }],
    }),
  );
  expect(chains.final(RUN_ID)?.steps[0]).toMatchObject({ sha256: artifacts.ofRun(RUN_ID)[0]?.sha256 });
  expect(chains.final(RUN_ID)?.info).toEqual({ mean: Float64Array.of(0.5, NaN) });
  expect(chains.refits()).toEqual(chains.ofRun(RUN_ID));
  const failing = artifacts.keep(content(1), use(), () => {
    throw new Error('no room in the index');
  });
  await expect(failing).rejects.toThrow('no room');
  expect(artifacts.ofRun(RUN_ID)).toHaveLength(1);
  await artifacts.keep(content(2), use()); // a failure before does not stop what comes after
});

test('keeping and releasing at the same time never leaves a row without a file', async () => {
  const { artifacts, verify } = await workspaceWithRun();
  const work: Promise<unknown>[] = [];
  for (let k = 0; k < 40; k++) {
    work.push(artifacts.keep(content(k % 3), use({ foldId: `fold_${k}` })));
    if (k % 4 === 3) work.push(artifacts.releaseTransient(RUN_ID));
  }
  await Promise.all(work);
  expect(await verify()).toMatchObject({ missing: [], altered: [], orphaned: [] });
});

test('contents are kept side by side, the same one twice as well, and a deletion waits for all of them', async () => {
  const { artifacts, verify } = await workspaceWithRun();
  const before = artifacts.list().length;
  const kept = [0, 1, 2, 0, 0].map((k) => artifacts.keep(content(k), use()));
  const released = artifacts.releaseTransient(RUN_ID);
  const after = artifacts.keep(content(1), use({ transient: false }));
  expect(await released).toBe(3);
  const hashes = (await Promise.all(kept)).map(({ sha256 }) => sha256);
  expect(new Set(hashes).size).toBe(3);
  expect((await after).sha256).toBe(hashes[1]);
  expect(artifacts.list()).toHaveLength(before + 1);
  expect(await artifacts.store.get(hashes[1] ?? '')).toEqual(content(1));
  expect(await verify()).toMatchObject({ missing: [], altered: [], orphaned: [] });
});

test('a run is removed with its contents, results and folder; its dataset stays', async () => {
  const workspace = await workspaceWithRun();
  workspace.variants.put(RUN_ID, [aVariant(0)]);
  await workspace.artifacts.keep(content(0), use({ transient: false }));
  await mkdir(workspace.path(`runs/${RUN_ID}`));
  await writeFile(workspace.path(`runs/${RUN_ID}/run.yaml`), 'x');
  await workspace.removeRun(RUN_ID);
  expect(workspace.runs.list()).toEqual([]);
  expect(workspace.variants.all(RUN_ID)).toEqual([]);
  expect(workspace.artifacts.list()).toMatchObject([{ kind: 'matrix' }]);
  await expect(access(workspace.path(`runs/${RUN_ID}`))).rejects.toThrow('ENOENT');
  await workspace.datasets.remove('ds_0123456789abcdef');
});

test('a deletion that was interrupted is finished at the next opening', async () => {
  const folder = await temporaryFolder();
  const first = await openWorkspace(folder, { now: fixedNow });
  await first.datasets.save(aNewDataset());
  first.runs.add(aRun());
  const { sha256 } = await first.artifacts.keep(content(0), use());
  first.close();
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.exec('UPDATE artifact_uses SET deleting = 1'); // as if the process had been killed after marking
  db.close();
  const second = await openWorkspaceForTest(folder);
  expect(await second.artifacts.store.has(sha256)).toBe(false);
  expect(second.artifacts.ofRun(RUN_ID)).toEqual([]);
  expect(await second.verify()).toMatchObject({ sound: true, checked: { artifacts: 1 }, orphaned: [] });
});

test('a file without a row is found and harmless', async () => {
  const { artifacts, verify } = await workspaceWithRun();
  const { sha256 } = await artifacts.store.put(content(9));
  const path = artifacts.store.relativePath(sha256);
  expect(await verify()).toMatchObject({ sound: true, orphaned: [{ what: 'content', path, bytes: 4 }] });
});

test('the removal of a run that was interrupted is finished at the next opening', async () => {
  const folder = await temporaryFolder();
  const first = await openWorkspace(folder, { now: fixedNow });
  await first.datasets.save(aNewDataset());
  first.runs.add(aRun());
  await first.artifacts.keep(content(0), use({ transient: false }));
  await mkdir(first.path(`runs/${RUN_ID}`));
  first.runs.markDeleting(RUN_ID);
  expect([first.runs.list(), first.runs.find(RUN_ID)]).toEqual([[], null]); // gone for the person at once
  first.close();
  const second = await openWorkspaceForTest(folder);
  expect(second.artifacts.list()).toMatchObject([{ kind: 'matrix' }]);
  await expect(access(second.path(`runs/${RUN_ID}`))).rejects.toThrow('ENOENT');
  second.runs.add(aRun()); // its id is free again
});
