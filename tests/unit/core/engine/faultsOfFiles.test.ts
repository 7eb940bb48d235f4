import { rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentHashes } from '#core/engine/index.ts';
import { wallClock } from '#core/engine/wallClock.ts';
import { inspectWorkspace } from '#core/workspace/index.ts';
import { workerPool, type WorkerPool } from '#electron/engine/workerPool.ts';
import { workerFile } from '#tests/support/composeEngine.ts';
import {
  newState,
  openFaultEngine,
  scenario,
  type FaultEngine,
  type ScenarioState,
} from '#tests/support/faultScenario.ts';
import { faultTrial } from '#tests/support/faultTrial.ts';
import { faultyFiles, type FaultCode } from '#tests/support/faultyFiles.ts';
import { runContents } from '#tests/support/runContents.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

let pool: WorkerPool;
beforeAll(() => {
  pool = workerPool(workerFile, 1);
});
afterAll(() => pool.close());

const CODES: readonly FaultCode[] = ['EIO', 'ENOSPC', 'EROFS', 'EACCES'];

/** Every operation in turn with every error is the long form: `npm run chaos -- faults`. */
test(
  'files that fail: a sentence, a workspace that verifies, and the same result when it is done again',
  { timeout: 300_000 },
  async () => {
    const layer = faultyFiles(join(tmpdir(), 'refract-fault-'));
    try {
      layer.arm(null);
      const undisturbed = await faultTrial({ pool, arm: () => () => [], reopen: false, expected: null });
      expect(undisturbed.problems).toEqual([]);
      const count = layer.operations.length;
      expect(count).toBeGreaterThan(100);
      let told = 0;
      for (let k = 0; k * STEP + 3 < count; k++) {
        const fault = { at: k * STEP + 3, code: CODES[k % CODES.length] ?? 'EIO', once: k % 3 === 0 };
        const trial = await faultTrial({
          pool,
          arm: () => {
            layer.arm(fault);
            return () => {
              const failed = [...layer.failed];
              layer.arm(null);
              return failed;
            };
          },
          reopen: k % 2 === 0,
          expected: undisturbed.found,
        });
        const where = JSON.stringify({ ...fault, failed: trial.failed[0], step: trial.step, message: trial.message });
        expect(trial.problems, where).toEqual([]);
        if (trial.step === null) continue;
        told++;
        expect(trial.message, where).toMatch(/safe|nothing was (written|changed)/i);
      }
      expect(told).toBeGreaterThan(8);
    } finally {
      layer.remove();
    }
  },
);
const STEP = 11;

async function done(engine: FaultEngine, state: ScenarioState, ...names: readonly string[]): Promise<void> {
  for (const { name, work } of scenario) if (names.includes(name)) await work(engine, state);
}

describe('what vanishes or changes under a run', () => {
  test.each([
    ['the spectra vanish', 'workspace.artifact-missing'],
    ['the spectra change', 'workspace.artifact-altered'],
  ])('%s before it starts: a sentence, found by verify; imported again, all is well', async (what, code) => {
    const folder = await temporaryFolder();
    let engine = await openFaultEngine(folder, pool);
    const state = newState();
    await done(engine, state, 'import');
    const { artifacts } = engine.engine.parts.workspace;
    const path = artifacts.store.path(artifacts.list()[0]?.sha256 ?? '');
    await engine.close();
    if (what.includes('vanish')) await rm(path);
    else {
      const bytes = await readFile(path);
      bytes[1000] = (bytes[1000] ?? 0) ^ 1;
      await writeFile(path, bytes);
    }
    engine = await openFaultEngine(folder, pool);
    await expect(done(engine, state, 'run')).rejects.toMatchObject({ code });
    expect((await engine.verify()).sound).toBe(false);
    await done(engine, state, 'import'); // the content comes back under the same name
    await done(engine, state, 'run');
    expect(await engine.verify()).toMatchObject({ sound: true });
    await engine.close();
  });

  test('the folder of the run, while it runs: it is made again, with the input and the manifest', async () => {
    const folder = await temporaryFolder();
    let removed = false;
    const engine = await openFaultEngine(folder, pool, {
      onEvent({ type, runId }) {
        if (type !== 'refit.started' || removed) return;
        removed = true;
        rmSync(join(folder, 'runs', runId), { recursive: true, force: true });
      },
    });
    const state = newState();
    await done(engine, state, 'import');
    await done(engine, state, 'run').catch(async (error: unknown) => {
      // Its input was being written in that moment: the run was interrupted, and goes on.
      expect(error).toMatchObject({ code: 'workspace.folder-gone' });
      await done(engine, state, 'run');
    });
    expect(removed).toBe(true);
    const check = await engine.verify();
    expect(check).toMatchObject({ sound: true, checked: { manifests: 1 } });
    expect(await readFile(join(folder, 'runs', state.runId, 'run.yaml'), 'utf8')).toContain('merge: predictions');
    await engine.close();
  });

  test("a chain's artifact, after the run: the export says so, and a run done again repairs it", async () => {
    const folder = await temporaryFolder();
    const engine = await openFaultEngine(folder, pool);
    const state = newState();
    await done(engine, state, 'import', 'run');
    const before = runContents(engine.engine.parts.workspace, state.runId);
    const { workspace } = engine.engine.parts;
    const [content] = workspace.artifacts.ofRun(state.runId);
    await writeFile(workspace.artifacts.store.path(content?.sha256 ?? ''), 'something else');
    await expect(done(engine, state, 'export onnx')).rejects.toMatchObject({
      code: expect.stringMatching(/^workspace\.(artifact-altered|shape-mismatch)$/) as unknown,
    });
    expect((await engine.verify()).altered).toContain(workspace.artifacts.store.relativePath(content?.sha256 ?? ''));
    state.runId = '';
    await done(engine, state, 'run', 'export onnx');
    expect(runContents(workspace, state.runId)).toEqual(before);
    expect(await engine.verify()).toMatchObject({ sound: true });
    await engine.close();
  });

  test('a manifest with a wrong checksum is found, and named', async () => {
    const folder = await temporaryFolder();
    const engine = await openFaultEngine(folder, pool);
    const state = newState();
    await done(engine, state, 'import', 'run');
    await engine.close();
    const path = join(folder, 'runs', state.runId, 'manifest.json');
    const text = await readFile(path, 'utf8');
    const wrong = text.replace(/"sha256": "(.)/g, (_, digit: string) => `"sha256": "${digit === '0' ? '1' : '0'}`);
    await writeFile(path, wrong);
    const check = await inspectWorkspace(folder, contentHashes);
    expect(check).toMatchObject({ sound: false, missing: [], database: [] });
    expect(check.altered).toContain(`runs/${state.runId}/manifest.json`);
    await writeFile(path, text);
    await writeFile(join(folder, 'runs', state.runId, 'run.yaml'), 'pipeline: other\n');
    expect(await inspectWorkspace(folder, contentHashes)).toMatchObject({ altered: [`runs/${state.runId}/run.yaml`] });
  });
});

test('a clock that goes back, within runs and between them: the order stays, the results are the same', async () => {
  const folder = await temporaryFolder();
  let now = Date.parse('2026-11-22T03:15:00.123Z');
  // Every look at the clock finds it ten minutes earlier.
  const clock = { ...wallClock, epoch: () => (now -= 600_000) };
  const engine = await openFaultEngine(folder, pool, { clock });
  const state = newState();
  await done(engine, state, 'import', 'run');
  const first = state.runId;
  const before = runContents(engine.engine.parts.workspace, first);
  now -= 365 * 86_400_000;
  state.runId = '';
  await done(engine, state, 'run', 'refit later', 'export onnx');
  const runs = await engine.call('runs.list', {});
  expect(runs.map(({ id }) => id)).toEqual([state.runId, first]); // the newest first, whatever the clock says
  expect(state.runId < first).toBe(true);
  expect(runContents(engine.engine.parts.workspace, first)).toEqual(before);
  for (const { id } of runs) {
    const history = await engine.call('runs.history', { runId: id });
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, k) => k + 1));
    expect(history.every(({ elapsedMs }, k) => elapsedMs >= (history[k - 1]?.elapsedMs ?? 0))).toBe(true);
  }
  await engine.close();
  expect(await inspectWorkspace(folder, contentHashes)).toMatchObject({ sound: true, orphaned: [] });
});
