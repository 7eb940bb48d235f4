import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallInput } from '#core/contract/contract.ts';
import { engineContract } from '#core/contract/contract.ts';
import { grantOf, openTestEngine, resources, withTecator } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Every call of the contract once, on the example, through the wire's parser: requests in, replies by their schemas. */
type Grant = CallInput<'models.export'>['file'];
const pipeline =
  'pipeline:\n  - KFold: {n_splits: 5}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 6]}, scale: false}\n';
const jobId = 'job_0123456789';

test('every call answers as its schema says', async () => {
  const engine = await openTestEngine();
  const folder = await temporaryFolder();
  const used = new Set<string>();
  const call: typeof engine.call = (name, input, paths) => {
    used.add(name);
    return engine.call(name, input, paths);
  };
  const granted = (file: string) => {
    const { grant, paths } = grantOf(join(folder, file));
    return { file: grant as Grant, paths };
  };

  // The application.
  expect(await call('app.about', {})).toMatchObject({ version: '0.0.0-test', workers: 1 });
  expect(await call('app.facts', {})).toMatchObject({ datasets: 0, models: 0, runs: {} });
  expect(await call('preferences.get', {})).toMatchObject({ theme: 'system', sampleOffered: false });
  await call('preferences.set', { theme: 'dark' });
  expect(await call('preferences.get', {})).toMatchObject({ theme: 'dark', language: 'en' });
  expect((await call('operators.list', {})).map((one) => one.id)).toContain('PLS');
  const text = granted('table.csv');
  expect(await call('files.save', { file: text.file, data: 'a,b\n' }, text.paths)).toEqual({
    name: 'table.csv',
    bytes: 4,
  });
  expect(await readFile(join(folder, 'table.csv'), 'utf8')).toBe('a,b\n');
  await call('jobs.cancel', { jobId });

  // Data.
  const sample = grantOf(join(resources, 'samples', 'tecator'));
  const files = [sample.grant as Grant];
  const proposal = await call('datasets.inspect', { files }, sample.paths);
  expect(proposal.questions).toEqual([]);
  const { id } = await call('datasets.import', { files, options: proposal.options, jobId }, sample.paths);
  expect((await call('datasets.list', {})).map((one) => one.id)).toEqual([id]);
  const detail = await call('datasets.get', { id });
  expect(detail).toMatchObject({ samples: 215, wavelengths: 100 });
  expect(detail.axisValues).toHaveLength(100);
  await call('datasets.rename', { id, name: 'Meat' });
  expect((await call('datasets.get', { id })).name).toBe('Meat');
  expect((await call('datasets.get', { id })).contentHash).toBe(detail.contentHash);
  const page = await call('datasets.samples', { id, offset: 0, limit: 10, sortBy: 'target:fat', descending: true });
  expect(page.total).toBe(215);
  expect(page.rows).toHaveLength(10);
  const lines = await call('datasets.lines', { id, rows: null, limit: 7, target: 'fat' });
  expect(lines.values).toHaveLength(700);
  expect(lines.colour?.every(Number.isFinite)).toBe(true);
  const some = await call('datasets.lines', { id, rows: Int32Array.of(3, -1, 9999, 5), limit: 10, target: null });
  expect([...some.rows]).toEqual([3, 5]);
  const bands = await call('datasets.bands', { id });
  bands.median.forEach((value, k) => {
    expect(value).toBeGreaterThanOrEqual(bands.min[k] ?? NaN);
    expect(value).toBeLessThanOrEqual(bands.max[k] ?? NaN);
  });
  const view = { left: 850, right: 1050, bottom: 2, top: 6 };
  const density = await call('datasets.density', { id, view, width: 200, height: 100, target: 'fat', limit: null });
  expect(density).toMatchObject({ drawn: 215, of: 215 });
  expect(density.count.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(1000);
  const near = await call('datasets.nearest', { id, wavelength: 900, value: 3 });
  expect(Math.abs(near.wavelength - 900)).toBeLessThan(2);

  // Pipelines.
  expect((await call('pipelines.templates', {})).length).toBeGreaterThan(0);
  const saved = await call('pipelines.save', { id: null, name: 'Mine', text: pipeline });
  expect((await call('pipelines.list', {})).map((one) => one.id)).toEqual([saved.id]);
  const again = await call('pipelines.save', { id: saved.id, name: 'Mine 2', text: pipeline });
  expect(again.version).toBeGreaterThan(saved.version);
  expect(await call('pipelines.check', { text: pipeline, datasetId: id })).toMatchObject({
    runnable: true,
    variants: 6,
    realFits: 6,
  });
  const preview = await call('pipelines.preview', {
    text: pipeline,
    datasetId: id,
    path: ['pipeline', 1],
    from: 'start',
    lines: 20,
  });
  expect(preview.after.values).toHaveLength(2000);
  expect(preview.after.values).not.toEqual(preview.before.values);
  await call('pipelines.remove', { id: saved.id });
  expect(await call('pipelines.list', {})).toEqual([]);

  // Runs and results.
  const start = { datasetId: id, name: 'first', pipeline, target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'] };
  const { runId } = await call('runs.start', start);
  await engine.ended(runId);
  await call('runs.cancel', { runId }); // too late, and no error
  expect((await call('runs.list', {}))[0]).toMatchObject({ id: runId, status: 'completed', fraction: 1 });
  const run = await call('runs.get', { runId });
  expect(run.result).toMatchObject({ nTrain: 172, nTest: 43, nCv: 172, folds: 5, variants: 6, realFits: 6 });
  const history = await call('runs.history', { runId });
  expect(history.map((event) => event.seq)).toEqual(history.map((_, k) => k + 1));
  expect(history).toEqual(engine.events.filter((event) => event.runId === runId));
  const variants = await call('results.variants', { runId, offset: 0, limit: 10 });
  expect(variants.total).toBe(6);
  expect(variants.rows[0]?.selected).toBe(true);
  const variant = variants.rows[0]?.variant ?? -1;
  expect((await call('results.folds', { runId, variant })).map((one) => one.fold)).toContain('final');
  const cv = await call('results.predictions', { runId, variant, of: 'cv' });
  expect(cv?.rows).toHaveLength(172);
  expect(new Set(cv?.fold)).toEqual(new Set([0, 1, 2, 3, 4]));
  expect((await call('results.predictions', { runId, variant, of: 'test' }))?.rows).toHaveLength(43);
  expect(await call('results.predictions', { runId, variant: variant === 0 ? 1 : 0, of: 'test' })).toBeNull();
  const curve = await call('results.components', { runId, variant });
  expect([...(curve?.rmsecv ?? [])]).toEqual(run.result?.rmsecvByComponents);
  expect(curve?.foldScores.every(Number.isFinite)).toBe(true);
  expect((await call('results.coefficients', { runId }))?.coef).toHaveLength(100);
  expect(await call('results.confusion', { runId, variant })).toBeNull();
  expect(await call('results.variant', { runId, variant })).toMatchObject({ variant, base: false });
  expect(await call('results.bases', { runId })).toEqual([]);
  expect(await call('runs.refit', { runId, variant })).toMatchObject({ variant, rmsep: run.result?.rmsep });
  expect(await call('results.trials', { runId, variant })).toMatchObject({ metric: 'rmse', trials: [] });

  // Models.
  expect(await call('models.list', {})).toMatchObject([{ runId, nTrain: 172, nTest: 43 }]);
  for (const format of ['onnx', 'refract'] as const) {
    const out = granted(`model.${format}`);
    const exported = await call('models.export', { runId, file: out.file, format }, out.paths);
    expect(exported.verification.maxRelativeDifference).toBeLessThanOrEqual(1e-9);
    expect(exported.verification.samples).toBe(43);
    expect(await call('models.open', { file: out.file }, out.paths)).toMatchObject({ format, target: 'fat' });
    const table = await call(
      'models.predict',
      { model: { from: 'file', file: out.file }, spectra: { from: 'dataset', datasetId: id }, jobId },
      out.paths,
    );
    expect(table.predicted).toHaveLength(215);
  }
  const stored = await call('models.predict', {
    model: { from: 'run', runId },
    spectra: { from: 'dataset', datasetId: id },
    jobId,
  });
  const test = await call('results.predictions', { runId, variant, of: 'test' });
  test?.rows.forEach((row, k) => {
    expect(stored.predicted[row]).toBe(test.predicted[k]);
  });
  expect(stored.scores?.n).toBe(215);

  expect(await engine.send('runs.resume', { runId })).toMatchObject({ error: { code: 'run.nothing-to-resume' } });
  used.add('runs.resume');

  // The way out: data in use stay, runs go with their results.
  expect(await engine.send('datasets.remove', { id })).toMatchObject({
    ok: false,
    error: { code: 'workspace.referenced' },
  });
  await call('runs.remove', { runId });
  expect(await call('runs.list', {})).toEqual([]);
  await call('datasets.remove', { id });
  expect(await call('datasets.list', {})).toEqual([]);
  await call('datasets.importSample', { sample: 'tecator' });

  const all = Object.entries(engineContract).flatMap(([name, spec]) => (spec.kind === 'call' ? [name] : []));
  expect(all.filter((name) => !used.has(name))).toEqual([]);
});

test('a run that is going on cannot be removed, and its dataset neither', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const long =
    'pipeline:\n  - RepeatedKFold: {n_splits: 10, n_repeats: 20, random_state: 1}\n  - PLS: {n_components: 20}\n';
  const start = { datasetId: id, name: 'long', pipeline: long, target: null, trainSplit: null, testSplit: null };
  const { runId } = await engine.call('runs.start', start);
  const waiting = (await engine.call('runs.start', start)).runId;
  expect(await engine.send('runs.remove', { runId })).toMatchObject({ ok: false, error: { code: 'run.busy' } });
  expect(await engine.send('datasets.remove', { id })).toMatchObject({ ok: false });
  // A run that waits ends at once; it need not wait for its turn to be cancelled.
  await engine.call('runs.cancel', { runId: waiting });
  expect(await engine.call('runs.get', { runId: waiting })).toMatchObject({ status: 'cancelled' });
  expect((await engine.ended(waiting)).type).toBe('run.cancelled');
  await engine.call('runs.remove', { runId: waiting });
  await engine.call('runs.cancel', { runId });
  await engine.call('runs.cancel', { runId });
  expect((await engine.ended(runId)).type).toBe('run.cancelled');
  expect(await engine.call('runs.get', { runId })).toMatchObject({ status: 'cancelled', result: null });
});
