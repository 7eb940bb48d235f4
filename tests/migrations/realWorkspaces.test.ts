import { cp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openTestEngine } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Workspaces that earlier versions made with their own engines: see the README beside them. */
const HERE = fileURLToPath(new URL('real/', import.meta.url));
const versions = (await readdir(HERE)).filter((name) => /^v\d+$/.test(name)).toSorted();

/** What the version that made it predicted with the model of a run. */
async function saidThen(version: string, run: string): Promise<number[]> {
  const text = await readFile(join(HERE, `${version}-${run}.csv`), 'utf8');
  const [, ...rows] = text.trimEnd().split('\n');
  return rows.map((row) => Number(row.split(',')[1]));
}

test('there are some of every earlier format that is not the present one', () => {
  expect(versions).toEqual(['v1', 'v2', 'v3', 'v4']);
});

test.each(versions)(
  'a workspace of %s: its runs are readable, its models predict the same, and work goes on',
  async (version) => {
    const folder = await temporaryFolder();
    await cp(join(HERE, version), folder, { recursive: true });
    const original = await readFile(join(folder, 'workspace.db'));
    const engine = await openTestEngine({ folder });
    const { workspace } = engine.engine.parts;
    // Copied before it was changed, to the byte.
    expect((await readFile(join(folder, `workspace.${version}.backup.db`))).equals(original)).toBe(true);
    expect(await workspace.verify()).toMatchObject({ missing: [], altered: [], orphaned: [] });
    const db = new Sqlite(join(folder, 'workspace.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();

    const runs = await engine.call('runs.list', {});
    expect(runs.length).toBeGreaterThanOrEqual(version === 'v1' ? 1 : 2);
    const models = await engine.call('models.list', {});
    for (const run of runs) {
      expect(run).toMatchObject({ status: 'completed', result: { nTrain: 18, nTest: 6 } });
      const { rows } = await engine.call('results.variants', { runId: run.id, offset: 0, limit: 100 });
      const winner = rows.find(({ selected }) => selected);
      expect(winner?.rmsecv).toBe(run.result?.rmsecv);
      const cv = await engine.call('results.predictions', { runId: run.id, variant: winner?.variant ?? 0, of: 'cv' });
      expect(cv?.rows).toHaveLength(18);
      const errors = Array.from(cv?.predicted ?? [], (value, k) => (value - (cv?.measured[k] ?? NaN)) ** 2);
      const rmsecv = Math.sqrt(errors.reduce((sum, value) => sum + value, 0) / errors.length);
      expect(relativeError([rmsecv], [run.result?.rmsecv ?? NaN])).toBeLessThan(1e-12);
      expect((await engine.call('runs.history', { runId: run.id })).at(-1)?.type).toBe('run.completed');
      expect(models.filter(({ runId }) => runId === run.id)).toHaveLength(1);
      const { predicted } = await engine.call('models.predict', {
        model: { from: 'run', runId: run.id },
        spectra: { from: 'dataset', datasetId: run.datasetId },
        jobId: 'job_0123456789',
      });
      expect(relativeError([...predicted], await saidThen(version, run.name))).toBeLessThan(1e-12);

      // The same once more: nothing that is stored stands in the way, and it comes to the same.
      const again = await engine.run({
        ...{ datasetId: run.datasetId, pipeline: run.pipeline, target: run.target, seed: run.seed },
        ...{ trainSplit: run.trainSplit, testSplit: run.testSplit },
      });
      expect(again.warnings.join()).not.toMatch(/again/);
      expect(relativeError([again.rmsecv ?? NaN], [run.result?.rmsecv ?? NaN])).toBeLessThan(1e-9);
      expect(again.cvBest?.variant).toBe(run.result?.cvBest?.variant);
    }
    expect(await workspace.verify()).toMatchObject({ missing: [], altered: [], orphaned: [] });
  },
);
