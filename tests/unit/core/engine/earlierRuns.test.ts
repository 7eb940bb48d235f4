import Database from 'better-sqlite3';
import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '#core/contract/runTypes.ts';
import { contentHasher } from '#core/data/contentHash.ts';
import { dataReport } from '#core/data/dataReport.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { importPaths } from '#core/engine/index.ts';
import { openTestEngine, resources, withTecator, type TestEngine } from '#tests/support/engineFixture.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** The cross-run cache: what an earlier run of the workspace has done is not done again, and is never trusted blindly. */
const SWEEP =
  'pipeline:\n  - SNV\n  - KFold: {n_splits: 3}\n  - MSC\n  - PLS: {n_components: {_range_: [1, 4]}, scale: false}\n';
const split = { target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'] };
const start = (datasetId: string, pipeline = SWEEP) => ({ ...split, datasetId, pipeline });

/** Everything a run found, without what differs between two runs by nature. */
const numbersOf = ({ engine }: TestEngine, runId: string) => {
  const { predictions, variants } = engine.parts.workspace;
  return {
    predictions: predictions.read({ runId }).map(({ record: { runId: _, ...record }, arrays }) => ({ record, arrays })),
    variants: variants.page(runId, { sortBy: 'index', filter: '', offset: 0, limit: 100 }),
  };
};
/** A dataset made for the purpose, in this workspace. */
async function withSynthetic({ engine }: TestEngine, n: number, p: number): Promise<string> {
  const dataset = syntheticSpectra(n, p, 1);
  const id = `ds_synthetic${n}x${p}`;
  await engine.parts.workspace.datasets.save({
    ...{ id, dataset, contentHash: (await contentHasher())(dataset) },
    ...{ options: null, report: dataReport(dataset), warnings: 0 },
  });
  return id;
}
const figuresOf = ({ runId: _, cache: __, timings: ___, warnings: ____, ...figures }: RunResult) => figures;
const crossRun = (result: RunResult) => result.cache?.crossRun;

/** The same, in the database file of a closed workspace. */
function inDatabase(folder: string, sql: string, ...values: unknown[]): unknown[] {
  const db = new Database(join(folder, 'workspace.db'), { fileMustExist: true });
  try {
    const statement = db.prepare(sql);
    return statement.reader ? statement.all(...values) : [statement.run(...values)];
  } finally {
    db.close();
  }
}

describe('a second run on the same data', () => {
  test('fits nothing at all, and gives the same results to the last bit', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const first = await engine.run(start(id));
    const second = await engine.run(start(id));
    expect(crossRun(first)).toMatchObject({ hits: 0, misses: 4 });
    expect(crossRun(second)).toMatchObject({ hits: 4, misses: 0 });
    expect(crossRun(second)?.bytes).toBeGreaterThan(0);
    for (const layer of ['checkBeforeFit', 'fitOnAll', 'stateless', 'stepCache'] as const)
      expect(second.cache?.[layer].misses, layer).toBe(0);
    expect(numbersOf(engine, second.runId)).toEqual(numbersOf(engine, first.runId));
    expect(figuresOf(second)).toEqual(figuresOf(first));
    expect(second.warnings).toEqual(first.warnings);

    const afresh = await engine.run({ ...start(id), cache: false });
    expect(afresh.cache).toBeNull();
    expect(numbersOf(engine, afresh.runId)).toEqual(numbersOf(engine, first.runId));
    expect(figuresOf(afresh)).toEqual(figuresOf(first));
  });

  test('a shorter range is not answered with the last digits of a longer one', async () => {
    const engine = await openTestEngine();
    const id = await withSynthetic(engine, 300, 400);
    // At this size, up to eight components are computed from the spectra and more from the Gram matrix.
    const upTo = (last: number) => ({
      datasetId: id,
      target: 'concentration',
      pipeline: `pipeline:\n  - KFold: {n_splits: 5}\n  - PLS: {n_components: {_range_: [1, ${last}]}, scale: false}\n`,
    });
    const curve = (result: RunResult) => (result.rmsecvByComponents ?? []).slice(0, 5).map((value) => value ?? NaN);
    const longer = await engine.run({ ...upTo(20), cache: false });
    const afresh = await engine.run({ ...upTo(5), cache: false });
    expect(curve(longer)).not.toEqual(curve(afresh));
    expect(relativeError(curve(longer), curve(afresh))).toBeLessThan(1e-9);
    await engine.run(upTo(20));
    const found = await engine.run(upTo(5));
    expect(numbersOf(engine, found.runId)).toEqual(numbersOf(engine, afresh.runId));
    // And what is the same to the last bit is still taken over.
    expect(crossRun(await engine.run(upTo(5)))).toMatchObject({ misses: 0 });
  });

  test('with more variants computes only those that are new', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    await engine.run(start(id));
    const more = await engine.run(start(id, SWEEP.replace('- MSC', '- _or_: [MSC, StandardScaler]')));
    // Three folds of MSC are known; three of StandardScaler are new; the refit is whichever wins.
    expect(crossRun(more)?.hits).toBeGreaterThanOrEqual(3);
    expect(crossRun(more)?.misses).toBeLessThanOrEqual(4);
    expect(more.variants).toBe(8);
  });

  test('with another seed, split, target, parameter or order of steps takes over nothing', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    await engine.run(start(id));
    const others = [
      { ...start(id), seed: 5 },
      { ...start(id), trainSplit: ['C'] },
      { ...start(id), testSplit: ['M'], trainSplit: ['C', 'T'] },
      { ...start(id), target: 'moisture' },
      start(id, SWEEP.replace('scale: false', 'scale: true')),
      start(
        id,
        'pipeline:\n  - KFold: {n_splits: 3}\n  - MSC\n  - SNV\n  - PLS: {n_components: {_range_: [1, 4]}, scale: false}\n',
      ),
    ];
    for (const other of others)
      expect(crossRun(await engine.run(other)), JSON.stringify(other)).toMatchObject({ hits: 0 });
  });

  test('other folds are other work, and the refit on all training data is the same', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const first = await engine.run(start(id, SWEEP.replace('{_range_: [1, 4]}', '3')));
    const shuffled = 'n_splits: 3, shuffle: true, random_state: 1';
    const other = await engine.run(start(id, SWEEP.replace('{_range_: [1, 4]}', '3').replace('n_splits: 3', shuffled)));
    expect(crossRun(other)).toMatchObject({ hits: 1, misses: 3 });
    expect(other.rmsep).toBe(first.rmsep);
    expect(other.rmsecv).not.toBe(first.rmsecv);
  });

  test('spelled differently is the same work', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    await engine.run(start(id));
    const spelled =
      '{"pipeline": [{"class": "nirs4all.operators.transforms.StandardNormalVariate"}, {"class": "sklearn.model_selection._split.KFold", "params": {"n_splits": 3}}, {"preprocessing": "MSC"}, {"model": {"class": "sklearn.cross_decomposition.PLSRegression", "params": {"scale": false, "n_components": {"_range_": [1, 4]}}}}]}';
    expect(crossRun(await engine.run(start(id, spelled)))).toMatchObject({ misses: 0 });
  });
});

describe('the data decide, not their name', () => {
  const files = async (edit: (text: string) => string = (text) => text) => {
    const folder = join(await temporaryFolder(), 'tecator');
    await mkdir(folder);
    for (const name of ['X.csv', 'Y.csv', 'split.csv'])
      await copyFile(join(resources, 'samples', 'tecator', name), join(folder, name));
    await writeFile(join(folder, 'X.csv'), edit(await readFile(join(folder, 'X.csv'), 'utf8')));
    return folder;
  };
  const imported = async (engine: TestEngine, folder: string) =>
    (
      await importPaths(engine.engine.parts, [folder], {
        cancel: { cancelled: false, check: () => undefined },
        onProgress: () => undefined,
      })
    ).id;

  test('one changed number in one spectrum and everything is fitted again', async () => {
    const engine = await openTestEngine();
    const first = await engine.run(start(await imported(engine, await files())));
    // The last digit of the first value of the first sample.
    const edited = await files((text) =>
      text.replace(
        /^([^\n]*\n[^,]*,)([^,]*)/,
        (_, head: string, value: string) => `${head}${String(Number(value) + 1e-5)}`,
      ),
    );
    const second = await engine.run(start(await imported(engine, edited)));
    expect(crossRun(second)).toMatchObject({ hits: 0 });
    expect(second.rmsecv).not.toBe(first.rmsecv);
    // And back: what the first run found still holds.
    expect(crossRun(await engine.run(start(await imported(engine, await files()))))).toMatchObject({ misses: 0 });
  });

  test('a removed run leaves nothing that a later one could take over', async () => {
    const engine = await openTestEngine();
    const { id } = await withTecator(engine);
    const first = await engine.run(start(id));
    await engine.call('runs.remove', { runId: first.runId });
    expect(crossRun(await engine.run(start(id)))).toMatchObject({ hits: 0 });
  });
});

describe('what was altered behind the workspace’s back is a miss with a notice, never a wrong number', () => {
  const ran = async (pipeline = SWEEP) => {
    const folder = await temporaryFolder();
    const engine = await openTestEngine({ folder });
    const { id } = await withTecator(engine);
    const result = await engine.run(start(id, pipeline));
    const numbers = numbersOf(engine, result.runId);
    await engine.close();
    return { folder, id, result, numbers };
  };

  for (const [what, column] of [
    ['predicted values', 'y_pred'],
    ['sample rows', 'sample_rows'],
  ] as const)
    test(`${what} of a fold`, async () => {
      const { folder, id, result, numbers } = await ran();
      const [row] = inDatabase(
        folder,
        `SELECT b.id, ${column} AS bytes FROM prediction_blocks b JOIN predictions ON b.id = block_id WHERE variant = 1 AND fold_id = 'fold_1' AND partition = 'validation'`,
      ) as { id: number; bytes: Buffer }[];
      if (row === undefined) throw new Error('There is no such prediction.');
      const bytes = Buffer.from(row.bytes);
      bytes[8] = (bytes[8] ?? 0) ^ 1;
      inDatabase(folder, `UPDATE prediction_blocks SET ${column} = ? WHERE id = ?`, bytes, row.id);

      const engine = await openTestEngine({ folder });
      const again = await engine.run(start(id));
      expect(crossRun(again)).toMatchObject({ hits: 3, misses: 1 });
      expect(again.warnings.join(' ')).toMatch(/\(fold_1\) are not those that were written\. They were computed again/);
      expect(numbersOf(engine, again.runId)).toEqual(numbers);
      expect(figuresOf(again)).toEqual(figuresOf(result));
      // And now the new ones are the known ones.
      expect(crossRun(await engine.run(start(id)))).toMatchObject({ misses: 0 });
    });

  for (const [what, damage] of [
    [
      'changed',
      async (path: string) =>
        writeFile(
          path,
          (await readFile(path)).map((byte, k) => (k === 200 ? byte ^ 255 : byte)),
        ),
    ],
    ['cut short', (path: string) => truncate(path, 20)],
    ['gone', async (path: string) => (await import('node:fs/promises')).rm(path)],
  ] as const)
    test(`a stored model that is ${what}`, async () => {
      const { folder, id, result, numbers } = await ran();
      const closed = await openTestEngine({ folder });
      const { artifacts } = closed.engine.parts.workspace;
      const model = artifacts.list().find(({ kind }) => kind === 'model');
      await damage(artifacts.store.path(model?.sha256 ?? ''));
      const again = await closed.run(start(id));
      expect(crossRun(again)).toMatchObject({ hits: 3, misses: 1 });
      expect(again.warnings.join(' ')).toMatch(/cannot be used again .* It was trained again\./);
      expect(numbersOf(closed, again.runId)).toEqual(numbers);
      expect(figuresOf(again)).toEqual(figuresOf(result));
      expect(await closed.engine.parts.workspace.verify()).toMatchObject({ altered: [], missing: [] });
    });
});

test('a fit by itself that falls back for lack of rank is never taken for the member of a sweep', async () => {
  const engine = await openTestEngine();
  const { id } = await withTecator(engine);
  const few = { datasetId: id, target: 'fat', trainSplit: ['M'], testSplit: ['T'] };
  const alone = 'pipeline:\n  - KFold: {n_splits: 2}\n  - PLS: {n_components: 30, scale: false}\n';
  const sweep =
    'pipeline:\n  - KFold: {n_splits: 2}\n  - _or_: [{PLS: {n_components: 2, scale: false}}, {PLS: {n_components: 30, scale: false}}]\n';
  await engine.run({ ...few, pipeline: alone });
  const cached = await engine.run({ ...few, pipeline: sweep });
  const afresh = await engine.run({ ...few, pipeline: sweep, cache: false });
  expect(figuresOf(cached)).toEqual(figuresOf(afresh));
  expect(numbersOf(engine, cached.runId)).toEqual(numbersOf(engine, afresh.runId));
  expect(cached.warnings).toEqual(afresh.warnings);
  // What a sweep found does serve the fit by itself, where the rank allows it.
  const two = await engine.run({
    ...few,
    pipeline:
      'refit: false\npipeline:\n  - KFold: {n_splits: 2}\n  - SNV\n  - PLS: {n_components: {_range_: [1, 3]}}\n',
  });
  const one = await engine.run({
    ...few,
    pipeline: 'refit: true\npipeline:\n  - KFold: {n_splits: 2}\n  - SNV\n  - PLS: {n_components: 3}\n',
  });
  expect(crossRun(one)).toMatchObject({ hits: 2, misses: 1 });
  expect(one.rmsecv).toBe(two.rmsecvByComponents?.[2]);
});

test('steps that learn from samples, filters and augmentation are taken over too', async () => {
  const engine = await openTestEngine({ workers: 2 });
  const { id } = await withTecator(engine);
  const pipeline = [
    'pipeline:',
    '  - KFold: {n_splits: 3}',
    '  - exclude: {YOutlierFilter: {method: mad, threshold: 2.5}}',
    '  - sample_augmentation: {transformers: [GaussianAdditiveNoise], count: 1}',
    '  - feature_augmentation: [SNV, {PCA: {n_components: 4}}]',
    '  - y_processing: StandardScaler',
    '  - Ridge: {alpha: 0.1}',
    '',
  ].join('\n');
  const first = await engine.run(start(id, pipeline));
  const second = await engine.run(start(id, pipeline));
  const afresh = await engine.run({ ...start(id, pipeline), cache: false });
  expect(crossRun(second)).toMatchObject({ misses: 0 });
  expect(figuresOf(second)).toEqual(figuresOf(first));
  expect(second.warnings).toEqual(first.warnings);
  expect(numbersOf(engine, second.runId)).toEqual(numbersOf(engine, first.runId));
  expect(numbersOf(engine, afresh.runId)).toEqual(numbersOf(engine, first.runId));
});
