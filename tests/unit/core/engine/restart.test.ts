import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
import { grantOf, openTestEngine, resources, withTecator } from '#tests/support/engineFixture.ts';
import { startRefract } from '#tests/support/refract.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const jobId = 'job_0123456789';

test('after closing and opening again everything is there, and the model predicts the same numbers', async () => {
  const folder = await temporaryFolder();
  const first = await openTestEngine({ folder });
  const { id } = await withTecator(first);
  const { runId } = await first.run({
    datasetId: id,
    pipeline:
      'pipeline:\n  - KFold: {n_splits: 4}\n  - MSC\n  - y_processing: StandardScaler\n  - PLS: {n_components: {_range_: [1, 5]}}\n',
    target: 'fat',
  });
  await first.call('pipelines.save', { id: null, name: 'Kept', text: 'pipeline:\n  - SNV\n' });
  await first.call('preferences.set', { theme: 'light' });
  const predict = { model: { from: 'run', runId }, spectra: { from: 'dataset', datasetId: id }, jobId } as const;
  const everything = async (engine: typeof first) => ({
    datasets: await engine.call('datasets.list', {}),
    runs: await engine.call('runs.list', {}),
    history: await engine.call('runs.history', { runId }),
    variants: await engine.call('results.variants', { runId, offset: 0, limit: 100 }),
    cv: await engine.call('results.predictions', { runId, variant: 4, of: 'cv' }),
    coefficients: await engine.call('results.coefficients', { runId }),
    models: await engine.call('models.list', {}),
    pipelines: await engine.call('pipelines.list', {}),
    preferences: await engine.call('preferences.get', {}),
    predicted: (await engine.call('models.predict', predict)).predicted,
  });
  const before = await everything(first);
  await first.close();

  const second = await openTestEngine({ folder });
  expect(await everything(second)).toEqual(before);
  const { grant, paths } = grantOf(join(await temporaryFolder(), 'model.onnx'));
  const file = grant as CallInput<'models.export'>['file'];
  const { verification } = await second.call('models.export', { runId, file, format: 'onnx' }, paths);
  expect(verification.maxRelativeDifference).toBeLessThanOrEqual(1e-9);
});

test('closing the engine in the middle of a run stores the run as interrupted', async () => {
  const folder = await temporaryFolder();
  const first = await openTestEngine({ folder });
  const { id } = await withTecator(first);
  const long =
    'pipeline:\n  - RepeatedKFold: {n_splits: 10, n_repeats: 50, random_state: 1}\n  - PLS: {n_components: 20}\n';
  const start = { datasetId: id, name: 'long', pipeline: long, target: null, trainSplit: null, testSplit: null };
  const { runId } = await first.call('runs.start', start);
  const queued = (await first.call('runs.start', start)).runId;
  await first.close();
  const second = await openTestEngine({ folder });
  for (const run of [runId, queued])
    expect(await second.call('runs.get', { runId: run })).toMatchObject({ status: 'interrupted' });
});

test('a process that is killed leaves its run "interrupted", and a workspace that opens and verifies', async () => {
  const folder = await temporaryFolder();
  const pipeline = join(folder, 'long.yaml');
  await writeFile(
    pipeline,
    'pipeline:\n  - RepeatedKFold: {n_splits: 10, n_repeats: 200, random_state: 1}\n  - PLS: {n_components: 20}\n',
  );
  const workspace = join(folder, 'workspace');
  const data = join(resources, 'samples', 'tecator');
  const child = startRefract(['run', pipeline, '--data', data, '--workspace', workspace, '--workers', '1', '--json']);
  child.stdout?.resume();
  await new Promise<void>((resolve) => {
    let seen = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (seen.split('fold.completed').length > 400) resolve();
    });
  });
  child.kill('SIGKILL');
  await once(child, 'exit');

  const engine = await openTestEngine({ folder: workspace });
  const [run] = await engine.call('runs.list', {});
  expect(run).toMatchObject({ status: 'interrupted', result: null });
  expect(run?.fraction).toBeGreaterThan(0);
  const history = await engine.call('runs.history', { runId: run?.id ?? '' });
  expect(history.map((event) => event.seq)).toEqual(history.map((_, k) => k + 1));
  expect(await engine.engine.parts.workspace.verify()).toMatchObject({ missing: [], altered: [] });
  expect(await readFile(join(workspace, 'runs', run?.id ?? '', 'run.yaml'), 'utf8')).toContain('RepeatedKFold');
  await engine.call('runs.remove', { runId: run?.id ?? '' });
});
