import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { seeded } from '#tests/support/datasets.ts';
import { openWorkspace, type ArtifactUse, type Workspace } from '#core/workspace/index.ts';
import { aNewDataset, aRun, aVariant, fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

/** A cleanup that ends in the middle: rows mark the intent, then files go, then rows. */
const TRANSIENT = 4;
const content = (k: number) => new Uint8Array(100).fill(k + 1);
const use = (k: number, transient: boolean): ArtifactUse => ({
  ...{ kind: 'model', role: 'step', runId: RUN_ID, variant: 0, phase: 'cv', foldId: `fold_${k}` },
  transient,
});
const inFile = (folder: string, sql: string): void => {
  const db = new Sqlite(join(folder, 'workspace.db'));
  db.exec(sql);
  db.close();
};

/** Four fold models; the last of them is something permanent too, and stays. */
async function filled() {
  const folder = await temporaryFolder();
  const workspace = await openWorkspace(folder, { now: fixedNow });
  onTestFinished(() => {
    workspace.close();
  });
  await workspace.datasets.save(aNewDataset());
  workspace.runs.add(aRun());
  workspace.variants.put(RUN_ID, [aVariant(0)]);
  const hashes: string[] = [];
  for (let k = 0; k < TRANSIENT; k++) hashes.push((await workspace.artifacts.keep(content(k), use(k, true))).sha256);
  await workspace.artifacts.keep(content(TRANSIENT - 1), use(0, false));
  workspace.runs.finish(RUN_ID, { status: 'cancelled', endedAt: fixedNow().toISOString(), result: null, error: null });
  return { folder, workspace, hashes };
}

/** The steps of a cleanup, each of which fails as if the process had ended there. */
const steps: Record<string, (at: { folder: string; workspace: Workspace }) => void> = {
  'before the intent is marked': ({ folder }) =>
    inFile(folder, "CREATE TRIGGER stop BEFORE UPDATE ON artifact_uses BEGIN SELECT RAISE(ABORT, 'killed'); END"),
  ...Object.fromEntries(
    Array.from({ length: TRANSIENT - 1 }, (_, removed) => [
      `after ${removed} of ${TRANSIENT - 1} files are gone`,
      ({ workspace }: { workspace: Workspace }) => {
        const { remove } = workspace.artifacts.store;
        let done = 0;
        Object.assign(workspace.artifacts.store, {
          remove: (sha256: string) => (done++ < removed ? remove(sha256) : Promise.reject(new Error('killed'))),
        });
      },
    ]),
  ),
  'before the uses are forgotten': ({ folder }) =>
    inFile(folder, "CREATE TRIGGER stop BEFORE DELETE ON artifact_uses BEGIN SELECT RAISE(ABORT, 'killed'); END"),
  'between the uses and the contents': ({ folder }) =>
    inFile(folder, "CREATE TRIGGER stop BEFORE DELETE ON artifacts BEGIN SELECT RAISE(ABORT, 'killed'); END"),
};
const clean = { missing: [], altered: [], orphaned: [] };

describe.each(Object.entries(steps))('a cleanup that ends %s', (name, stop) => {
  test.each([
    ['fold models', (workspace: Workspace) => workspace.artifacts.releaseTransient(RUN_ID), 2],
    ['a run', (workspace: Workspace) => workspace.removeRun(RUN_ID), 1],
  ])('of %s is finished at the next start, and what is shared stays', async (what, clear, contents) => {
    const at = await filled();
    stop(at);
    await expect(clear(at.workspace)).rejects.toThrow('killed');
    at.workspace.close();
    inFile(at.folder, 'DROP TRIGGER IF EXISTS stop');
    const next = await openWorkspace(at.folder, { now: fixedNow });
    onTestFinished(() => {
      next.close();
    });
    expect(await next.verify()).toMatchObject(clean);
    if (what === 'fold models' && name.startsWith('before the intent')) {
      expect(next.artifacts.ofRun(RUN_ID)).toHaveLength(TRANSIENT); // nothing was meant to go yet
      expect(await next.artifacts.releaseTransient(RUN_ID)).toBe(TRANSIENT - 1);
    }
    expect(next.artifacts.list()).toHaveLength(contents); // the spectra, and with them what is permanent
    expect(next.runs.find(RUN_ID) === null).toBe(what === 'a run');
    if (what === 'fold models') expect(await next.artifacts.store.get(at.hashes.at(-1) ?? '')).toEqual(content(3));
    // And it is all as if nothing had happened.
    if (what === 'a run') next.runs.add(aRun());
    for (let k = 0; k < TRANSIENT; k++) await next.artifacts.keep(content(k), use(k, true));
    expect(await next.verify()).toMatchObject(clean);
    expect(await next.artifacts.releaseTransient(RUN_ID)).toBe(what === 'a run' ? TRANSIENT : TRANSIENT - 1);
    expect(await next.verify()).toMatchObject(clean);
  });

  test('is finished by the next one of the same process', async () => {
    const at = await filled();
    const { remove } = at.workspace.artifacts.store;
    stop(at);
    await expect(at.workspace.artifacts.releaseTransient(RUN_ID)).rejects.toThrow('killed');
    inFile(at.folder, 'DROP TRIGGER IF EXISTS stop');
    Object.assign(at.workspace.artifacts.store, { remove });
    // One of them is stored again meanwhile.
    const again = await at.workspace.artifacts.keep(content(0), use(9, false));
    await at.workspace.artifacts.releaseTransient(RUN_ID);
    await at.workspace.artifacts.release();
    expect(at.workspace.artifacts.ofRun(RUN_ID).map(({ sha256 }) => sha256)).toEqual(
      [again.sha256, at.hashes.at(-1)].toSorted(),
    );
    expect(await at.workspace.verify()).toMatchObject(clean);
  });
});

const SEEDS = Number(process.env['REFRACT_CLEANUP_KILLS'] ?? 8);
const told: string[] = [];
afterAll(() => {
  console.info(told.join('\n'));
});

test(`a process that is killed while it cleans up, ${SEEDS} times`, { timeout: 60_000 + SEEDS * 5000 }, async () => {
  const folder = await temporaryFolder();
  const program = fileURLToPath(new URL('support/busyCleaner.ts', import.meta.url));
  const random = seeded(20_261_122);
  let inTheMiddle = 0;
  for (let kill = 0; kill < SEEDS; kill++) {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const gone = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), gone]);
    const delay = random() * 120;
    await wait(delay);
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await gone;
    const db = new Sqlite(join(folder, 'workspace.db'));
    inTheMiddle += Number(db.prepare('SELECT count(*) > 0 FROM artifact_uses WHERE deleting = 1').pluck().get());
    db.close();
    const workspace = await openWorkspace(folder, { now: fixedNow });
    const where = `kill ${kill + 1}, after ${delay.toFixed(1)} ms`;
    // A content that was being stored may have its file and no row: harmless.
    expect(await workspace.verify(), where).toMatchObject({ missing: [], altered: [] });
    const uses = workspace.artifacts.list().filter(({ kind }) => kind !== 'matrix');
    for (const { sha256, refCount } of uses) {
      expect(refCount, where).toBeGreaterThan(0);
      await workspace.artifacts.store.get(sha256);
    }
    workspace.close();
  }
  told.push(`Kills during a cleanup: ${SEEDS}, of which ${inTheMiddle} in the middle of one; damaged workspaces: 0.`);
});
