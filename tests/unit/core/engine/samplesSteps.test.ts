import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { FitContext } from '#core/data/operator.ts';
import { joinColumns, matrix, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import { runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** Filters, views, target processing and transforms in one pipeline, against a loop that does the same by hand. */
const [N, P, K] = [36, 22, 4];
const { source, targets } = syntheticSpectra(N, P, 12);
const y = Float64Array.from(targets[0]?.values ?? [], (value, k) => (k === 5 || k === 17 ? 500 : value));
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const data = unitDataOf({ x: source.x, y }, { train: range(0, 28), test: range(28, N) });
const document = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

const context = (target: Float64Array | null): FitContext => ({
  axis: data.axis,
  seed: 0,
  y: target,
  classCount: 0,
  metadata: {},
  cancel: neverCancelled,
  notice: () => undefined,
});
/** A transform fitted on some rows of a matrix and applied to all of it. */
function transformed(id: string, params: object, x: Matrix, rows: readonly number[]): Matrix {
  const transform = operatorsByKind.transform(id);
  const all = transform.params.parse(params);
  return transform.apply(x, transform.fit(takeRows(x, rows), all, context(null)), all);
}
/** Rows that a filter keeps, learned from them. */
function kept(id: string, params: object, x: Matrix, rows: readonly number[]): number[] {
  const filter = operatorsByKind.filter(id);
  const all = filter.params.parse(params);
  const input = { x: takeRows(x, rows), axis: data.axis, y: takeValues(y, rows), metadata: {} };
  const keep = filter.keep(input, filter.fit(input, all, context(input.y)), all);
  return rows.filter((_, k) => keep[k] === 1);
}
/** Ridge on standardised targets, predictions back in their unit. */
function predicted(x: Matrix, rows: readonly number[], wanted: readonly number[]): Float64Array {
  const own = takeValues(y, rows);
  const mean = own.reduce((a, b) => a + b) / own.length;
  const sd = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
  const model = operatorsByKind.model('Ridge');
  const params = model.params.parse({ alpha: 0.3 });
  const scaled = own.map((value) => (value - mean) / sd);
  const state = model.fit(takeRows(x, rows), scaled, params, context(scaled));
  return model.predict(takeRows(x, wanted), state, params).map((value) => value * sd + mean);
}

test('exclude, views, nested concat and y_processing: every prediction of every fold and of the refit', async () => {
  const text = document(
    'SNV',
    `KFold: {n_splits: ${K}}`,
    'exclude: {YOutlierFilter: {method: mad, threshold: 4}}',
    '{feature_augmentation: [MSC, [MeanCenter, MinMaxScaler]], action: extend}',
    '{concat_transform: [MeanCenter, {concat_transform: [StandardScaler, {PCA: {n_components: 2}}]}]}',
    'y_processing: StandardScaler',
    'Ridge: {alpha: 0.3}',
  );
  const run = await runInMemory(data, text);
  expect(run.error).toBeNull();

  const byHand = (training: readonly number[], wanted: readonly number[]): { rows: number[]; values: Float64Array } => {
    const snv = transformed('SNV', {}, source.x, training);
    const rows = kept('YOutlierFilter', { method: 'mad', threshold: 4 }, snv, training);
    const on = (id: string, x: Matrix, params: object = {}) => transformed(id, params, x, rows);
    const views = [snv, on('MSC', snv), on('MinMaxScaler', on('MeanCenter', snv))];
    const x = joinColumns(
      views.map((view) =>
        joinColumns([
          on('MeanCenter', view),
          joinColumns([on('StandardScaler', view), on('PCA', view, { n_components: 2 })]),
        ]),
      ),
    );
    return { rows, values: predicted(x, rows, wanted) };
  };
  const all = [...range(0, 28)];
  const test_ = [...range(28, N)];
  const stored = (fold: string, partition: string) => {
    const found = run.predictions.find((one) => one.fold === fold && one.partition === partition);
    if (found === undefined) throw new Error(`There is no ${fold} ${partition}.`);
    return found;
  };
  const compare = (fold: string, training: readonly number[], partitions: Record<string, readonly number[]>) => {
    for (const [partition, wanted] of Object.entries(partitions)) {
      const expected = byHand(training, wanted.length === 0 ? byHand(training, [0]).rows : wanted);
      const found = stored(fold, partition);
      expect([...found.rows], `${fold} ${partition}`).toEqual(wanted.length === 0 ? expected.rows : wanted);
      found.predicted.forEach((value, k) => {
        expect(value).toBeCloseTo(expected.values[k] ?? NaN, 9);
      });
    }
  };
  for (let k = 0; k < K; k++) {
    const held = all.slice(k * 7, k * 7 + 7);
    // The wild samples 5 and 17 are predicted in validation, and not trained with.
    compare(
      `fold_${k}`,
      all.filter((row) => !held.includes(row)),
      { train: [], validation: held, test: test_ },
    );
  }
  compare('final', all, { train: [], test: test_ });
  expect(stored('final', 'train').rows).toHaveLength(26);
});

test('target processing is undone whatever the chain, and learned from training targets', async () => {
  for (const step of ['StandardScaler', 'MinMaxScaler', '[LogTransform, StandardScaler]', 'PowerTransformer']) {
    const run = await runInMemory(
      data,
      document(
        `KFold: {n_splits: ${K}}`,
        'exclude: {YOutlierFilter: {method: mad, threshold: 4}}',
        `y_processing: ${step}`,
        'KNeighborsRegressor: {n_neighbors: 1}',
      ),
    );
    expect(run.error, step).toBeNull();
    const train = run.predictions.find((one) => one.fold === 'final' && one.partition === 'train');
    // The nearest of a training sample is itself, so nothing but the way there and back is left.
    train?.predicted.forEach((value, k) => {
      expect(value, step).toBeCloseTo(train.measured[k] ?? NaN, 8);
    });
    expect(train?.rows).toHaveLength(26);
    expect(train?.measured).toEqual(takeValues(y, train?.rows ?? []));
  }
});

describe('augmentation changes the model and nothing else', () => {
  const augmented = (count: number) =>
    document(
      `KFold: {n_splits: ${K}}`,
      `sample_augmentation: {transformers: [{GaussianAdditiveNoise: {sigma: 0.05}}], count: ${count}, random_state: 1}`,
      'PLS: {n_components: 3}',
    );
  test('rows, measured values and folds are those of the run without it', async () => {
    const [plain, more] = [
      await runInMemory(data, document(`KFold: {n_splits: ${K}}`, 'PLS: {n_components: 3}')),
      await runInMemory(data, augmented(2)),
    ];
    const shape = (run: typeof plain) =>
      run.predictions.map(({ fold, partition, rows, measured }) => ({ fold, partition, rows, measured }));
    expect(shape(more)).toEqual(shape(plain));
    expect(more.predictions[0]?.predicted).not.toEqual(plain.predictions[0]?.predicted);
  });

  test('the same seed gives the same bytes, with one worker or three; held-out samples never matter', async () => {
    const first = await runInMemory(data, augmented(2));
    const again = await runInMemory(data, augmented(2), { pool: inProcessPool(3) });
    expect(again.finals).toEqual(first.finals);
    const wild = y.slice();
    for (const row of [0, 1, 2, 3, 4, 5, 6]) wild[row] = 1e5;
    const other = await runInMemory(
      unitDataOf({ x: source.x, y: wild }, { train: data.train, test: data.test }),
      augmented(2),
    );
    const inFirst = (run: typeof first) =>
      run.predictions
        .filter((one) => one.fold === 'fold_0' && one.partition !== 'validation')
        .map((one) => one.predicted);
    expect(inFirst(other)).toEqual(inFirst(first));
  });

  test('a model that copies its neighbour shows that synthetic samples keep their origin’s target', async () => {
    const text = document(
      `KFold: {n_splits: ${K}}`,
      'sample_augmentation: {transformers: [{GaussianAdditiveNoise: {sigma: 1.0e-9}}], count: 3}',
      'KNeighborsRegressor: {n_neighbors: 4}',
    );
    const run = await runInMemory(data, text);
    expect(run.error).toBeNull();
    // Each training sample's four nearest are itself and its three copies.
    for (const one of run.predictions.filter(
      ({ fold, partition }) => fold.startsWith('fold_') && partition === 'train',
    ))
      one.predicted.forEach((value, k) => {
        expect(value).toBeCloseTo(one.measured[k] ?? NaN, 9);
      });
  });
});

test('a duplicate that an augmentation makes is no duplicate in the data', async () => {
  const text = document(
    `KFold: {n_splits: ${K}}`,
    'sample_augmentation: {transformers: [{LogTransform: {}}], count: 1}',
    'PLS: {n_components: 2}',
  );
  const { result } = await runInMemory(data, text);
  expect((result?.warnings ?? []).filter((sentence) => sentence.includes('identical spectra'))).toEqual([]);
});

test('real threads and the database give the same: two workers, all sample steps, a stored model that predicts', async () => {
  const engine = await openTestEngine({ workers: 2 });
  const { id } = await withTecator(engine);
  const pipeline = document(
    'tag: {far: {YOutlierFilter: {method: mad, threshold: 2}}}',
    'KFold: {n_splits: 3, shuffle: true, random_state: 2}',
    'exclude: {filters: [{YOutlierFilter: {method: mad, threshold: 3}}, {XOutlierFilter: {}}], mode: all}',
    'sample_augmentation: {transformers: [{GaussianAdditiveNoise: {sigma: 0.001}}, Mixup], count: 1, selection: all}',
    '{feature_augmentation: [SNV, {SavitzkyGolay: {window_length: 9, polyorder: 2, deriv: 1}}], action: add}',
    '{concat_transform: [null, {PCA: {n_components: 3}}]}',
    'y_processing: StandardScaler',
    'PLS: {n_components: {_range_: [2, 4]}, scale: false}',
  );
  const result = await engine.run({ datasetId: id, target: 'fat', trainSplit: ['C', 'M'], testSplit: ['T'], pipeline });
  expect(result).toMatchObject({ nTrain: 172, nTest: 43, variants: 3, realFits: 4 });
  const jobId = 'job_0123456789';
  const predicted_ = await engine.call('models.predict', {
    model: { from: 'run', runId: result.runId },
    spectra: { from: 'dataset', datasetId: id },
    jobId,
  });
  const stored = await engine.call('results.predictions', {
    runId: result.runId,
    variant: result.cvBest?.variant ?? -1,
    of: 'test',
  });
  expect(stored?.rows).toHaveLength(43);
  stored?.rows.forEach((row, k) => {
    expect(predicted_.predicted[row]).toBe(stored.predicted[k]);
  });
});

test('the spectra that go in are not changed by any step', () => {
  expect(matrix(N, P, source.x.data)).toEqual(syntheticSpectra(N, P, 12).source.x);
});
