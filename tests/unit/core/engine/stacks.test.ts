import { expect, test } from 'vitest';
import type { RunResult } from '#core/contract/runTypes.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const STACK = `
pipeline:
  - KFold: {n_splits: 3}
  - branch:
      snv: [SNV, {PLS: {n_components: {_range_: [4, 6]}}}]
      msc: [MSC, {PLS: {n_components: 8}}]
  - merge: predictions
  - model: Ridge
    name: meta
`;
const split = { target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'] };
const crossRun = (result: RunResult) => result.cache?.crossRun;

test('a stack is browsable, and a second run of it fits nothing', async () => {
  const engine = await openTestEngine({ workers: 2 });
  const { id } = await withTecator(engine);
  const first = await engine.run({ ...split, datasetId: id, pipeline: STACK });
  // 3 folds of the SNV lane (one fit for all components), 3 of the MSC lane, 3 × 3 meta-models, then 2 + 1 refits.
  expect(first.variants).toBe(3);
  expect(first.realFits).toBe(3 + 3 + 9 + 3);
  expect(first.baseModels.map(({ branchPath, usedBy }) => [branchPath, usedBy])).toEqual([
    [['snv'], null],
    [['msc'], null],
  ]);
  const shares = first.baseModels.map(({ contribution }) => contribution ?? NaN);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(
    first.baseModels.every(({ weight, rmsep, rmsecv }) => weight !== null && rmsep !== null && rmsecv !== null),
  ).toBe(true);

  const second = await engine.run({ ...split, datasetId: id, pipeline: STACK });
  expect(crossRun(second)?.misses).toBe(0);
  expect(second.baseModels).toEqual(first.baseModels);
  expect(second.rmsep).toBe(first.rmsep);

  const { workspace } = engine.engine.parts;
  const rows = workspace.predictions.list({ runId: first.runId, foldId: 'final', partition: 'test' });
  expect(rows.map(({ branchName, modelName, refitContext }) => [branchName, modelName, refitContext])).toEqual(
    expect.arrayContaining([
      ['snv', 'PLS', 'stacking'],
      ['msc', 'PLS', 'stacking'],
      [null, 'meta', 'stacking'],
    ]),
  );
  // Only what is deployed is among the models.
  const models = await engine.call('models.list', {});
  expect(models.map(({ runId, variant }) => [runId, variant])).toEqual([
    [second.runId, first.cvBest?.variant],
    [first.runId, first.cvBest?.variant],
  ]);
});

test('any model of a run is refitted when it is asked for: once, and after a restart too', async () => {
  const folder = await temporaryFolder();
  const engine = await openTestEngine({ folder });
  const { id } = await withTecator(engine);
  const run = await engine.run({ ...split, datasetId: id, pipeline: STACK });
  const base = run.baseModels[0]?.variant ?? -1;
  const other = [0, 1, 2].find((variant) => variant !== run.cvBest?.variant) ?? 0;

  const trained = await engine.call('runs.refit', { runId: run.runId, variant: base });
  expect(trained.rmsep).toBe(run.baseModels[0]?.rmsep);
  expect(await engine.call('runs.refit', { runId: run.runId, variant: base })).toEqual(trained);
  const deployed = await engine.call('runs.refit', { runId: run.runId, variant: run.cvBest?.variant ?? 0 });
  expect(deployed.rmsep).toBe(run.rmsep);
  await engine.close();

  const again = await openTestEngine({ folder });
  expect(await again.call('runs.refit', { runId: run.runId, variant: base })).toEqual(trained);
  const losing = await again.call('runs.refit', { runId: run.runId, variant: other });
  expect(losing.rmsep).not.toBe(run.rmsep);
  expect(losing.rmsep).toBeGreaterThan(0);
  expect(await again.call('runs.refit', { runId: run.runId, variant: other })).toEqual(losing);
  const listed = (await again.call('models.list', {})).map(({ variant }) => variant);
  expect(listed.toSorted((a, b) => a - b)).toEqual(
    [...new Set([run.cvBest?.variant ?? 0, other, base])].toSorted((a, b) => a - b),
  );
  // The figures of the run are what they were.
  expect((await again.call('runs.get', { runId: run.runId })).result).toEqual(
    (await again.call('runs.list', {})).find((one) => one.id === run.runId)?.result,
  );
  await expect(again.call('runs.refit', { runId: run.runId, variant: 99 })).rejects.toThrow('run.no-variant');
});
