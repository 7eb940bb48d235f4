import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { readManifest, verifyManifest } from '#core/artifacts/manifest.ts';
import { openWorkspace } from '#core/workspace/index.ts';
import { fixedNow } from '#tests/unit/core/workspace/support/builders.ts';
import { temporaryFolder } from '#tests/unit/core/workspace/support/temporaryFolder.ts';

const WRITER = fileURLToPath(new URL('support/busyWriter.ts', import.meta.url));
const KILLS = 20;

test(
  `a writer that is killed at ${KILLS} random moments never leaves anything broken`,
  { timeout: 180_000 },
  async () => {
    const folder = await temporaryFolder();
    let completed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const delayMs = Math.random() * 250;
      await writeAndKill(folder, delayMs);
      const where = `after kill ${kill + 1}, ${delayMs.toFixed(1)} ms into writing`;

      const workspace = await openWorkspace(folder, { now: fixedNow });
      const check = await workspace.verify();
      expect(check, where).toMatchObject({ missing: [], altered: [] });
      for (const dataset of workspace.datasets.list()) await workspace.datasets.load(dataset.id);
      for (const run of workspace.runs.list()) {
        expect(['interrupted', 'completed'], where).toContain(run.status);
        for (const { arrays } of workspace.predictions.read({ runId: run.id })) expect(arrays.rows).toHaveLength(500);
        const manifest = await readManifest(folder, `runs/${run.id}/manifest.json`);
        if (run.status === 'completed') expect(manifest, where).not.toBeNull();
        if (manifest !== null)
          expect(await verifyManifest(folder, manifest), where).toEqual({ missing: [], altered: [] });
        completed += run.status === 'completed' ? 1 : 0;
      }
      workspace.close();
      expect(integrityOf(join(folder, 'workspace.db')), where).toBe('ok');
    }
    expect(completed).toBeGreaterThan(0); // it was really writing
  },
);

async function writeAndKill(folder: string, delayMs: number): Promise<void> {
  const child = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), gone]);
  await wait(delayMs);
  expect(child.exitCode).toBeNull(); // it did not end by itself
  child.kill('SIGKILL');
  await gone;
}

function integrityOf(path: string): unknown {
  const db = new Sqlite(path);
  const answers = [db.pragma('integrity_check', { simple: true }), db.pragma('foreign_key_check')];
  db.close();
  return Array.isArray(answers[1]) && answers[1].length === 0 ? answers[0] : answers;
}
