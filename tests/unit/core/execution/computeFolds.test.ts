import { describe, expect, test } from 'vitest';
import type { UnitData } from '#core/execution/unit.ts';
import { matrix, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { oneByOne } from '#tests/support/foldForms.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const N = 61;
const x = syntheticSpectra(N, 83, 8);
const y = syntheticTarget(x, 9);
const metadata = {
  site: Array.from({ length: N }, (_, i) => `s${(i * 5) % 7}`),
  mark: Array.from({ length: N }, (_, i) => (i % 10 === 4 ? 'bad' : 'good')),
};
const rows = (keep: (i: number) => boolean): Int32Array =>
  Int32Array.from({ length: N }, (_, i) => i).filter((i) => keep(i));
const data = unitDataOf({ x, y }, { metadata });
const withTest = unitDataOf({ x, y }, { metadata, train: rows((i) => i % 6 !== 3), test: rows((i) => i % 6 === 3) });

const pipeline = (...steps: string[]) => `refit: false\npipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const pls = (components: number | string, scale = false) =>
  `PLS: {n_components: ${components}, scale: ${String(scale)}}`;
const path = (to: number, scale = false) => pls(`{_range_: [1, ${to}]}`, scale);
const KFOLD = 'KFold: {n_splits: 5}';
const RTOL = 1e-8;

/** A run that must succeed. */
async function runOf(on: UnitData, text: string, more: Parameters<typeof runInMemory>[2] = {}): Promise<MemoryRun> {
  const run = await runInMemory(on, text, more);
  expect(run.error).toBeNull();
  return run;
}

const foldEntries = (run: MemoryRun) => run.predictions.filter(({ fold }) => fold.startsWith('fold_'));
/** Everything predicted, in an order of its own. */
const bytesOf = (run: MemoryRun) =>
  foldEntries(run)
    .map(({ variant, fold, partition, rows: which, predicted }) => ({
      key: `${variant} ${fold} ${partition}`,
      which,
      predicted,
    }))
    .toSorted((a, b) => a.key.localeCompare(b.key));

/** Checks each prediction of each fold against one fit of these spectra on the rows that trained. */
function expectLikeOneFit(
  run: MemoryRun,
  spectra: Matrix,
  scale: boolean,
  target: { to(y: number): number; back(y: number): number } = { to: (value) => value, back: (value) => value },
): void {
  const entries = foldEntries(run);
  const fitted = new Map<string, Float64Array[]>();
  let compared = 0;
  for (const { variant, fold, rows: which, predicted, params } of entries) {
    const train = entries.find(
      (one) => one.variant === variant && one.fold === fold && one.partition === 'train',
    )?.rows;
    if (train === undefined) throw new Error('A fold has no training rows.');
    const components = Number(params['n_components']);
    const key = `${fold} ${train.join()}`;
    const models =
      fitted.get(key) ??
      oneByOne(spectra, { train, weights: null, responses: [takeValues(y, train).map(target.to)] }, 8, scale);
    fitted.set(key, models);
    const expected = which.length === 0 ? [] : takeValues(models[components - 1] ?? y, which).map(target.back);
    expect(relativeError(predicted, expected), `${fold}, ${components} components`).toBeLessThan(RTOL);
    compared++;
  }
  expect(compared).toBeGreaterThan(0);
}

/** How the pool was used: folds that were computed together, and those that were fitted by themselves. */
const folds = ({ pool }: MemoryRun) => ({
  together: pool.solved.reduce((sum, task) => sum + task.folds.length, 0),
  // The models of the folds are the final model here: those fits come afterwards, and are kept.
  alone: pool.fits.filter(({ keepChains }) => !keepChains).length,
});

describe('which folds go together', () => {
  const cases: [string, string[]][] = [
    ['nothing but the model', [KFOLD, pls(3)]],
    ['stateless steps on either side', ['SNV', KFOLD, 'SavitzkyGolay: {window_length: 7, polyorder: 2}', pls(3)]],
    ['a step before the splitter, fitted on all training samples', ['MSC', KFOLD, pls(3, true)]],
    ['a step behind it that is fitted on all', [KFOLD, '{preprocessing: StandardScaler, fit_on_all: true}', pls(3)]],
    ['a target chain, which each fold fits', [KFOLD, 'y_processing: [MinMaxScaler, StandardScaler]', pls(3)]],
    ['excluded samples', ['exclude: {MetadataFilter: {column: mark, values_to_exclude: [bad]}}', KFOLD, pls(3)]],
  ];
  test.each(cases)('together: %s', async (_, steps) => {
    expect(folds(await runOf(data, pipeline(...steps)))).toEqual({ together: 5, alone: 0 });
  });

  const apart: [string, string[], number][] = [
    ['a step that learns in the fold', [KFOLD, 'MSC', pls(3)], 5],
    ['a scaler in the fold', [KFOLD, 'StandardScaler', pls(3)], 5],
    ['augmentation', [KFOLD, 'sample_augmentation: {transformers: [GaussianAdditiveNoise], count: 1}', pls(3)], 5],
    ['one fold', ['KennardStone: {test_size: 0.3}', pls(3)], 1],
    ['a filter in the fold', [KFOLD, 'exclude: {YOutlierFilter: {}}', pls(3)], 5],
    ['another model', [KFOLD, '{SVR: {kernel: linear}}'], 5],
  ];
  test.each(apart)('by itself: %s', async (_, steps, alone) => {
    expect(folds(await runOf(data, pipeline(...steps)))).toEqual({ together: 0, alone });
  });

  test('by itself: finetuning, where each trial has its parameters', async () => {
    const settings = JSON.stringify({ n_trials: 2, sampler: 'grid', model_params: { n_components: [2, 3] } });
    const run = await runOf(data, pipeline(KFOLD, `{model: {PLS: {scale: false}}, finetune_params: ${settings}}`));
    expect(folds(run).together).toBe(0);
    expect(folds(run).alone).toBeGreaterThan(0);
  });

  test('by itself: classes', async () => {
    const classes = { ...data, y: y.map((_, i) => i % 2), classes: ['a', 'b'], key: 'two classes' };
    const run = await runOf(classes, pipeline(KFOLD, 'PLSDA: {n_components: 3}'));
    expect(folds(run)).toEqual({ together: 0, alone: 5 });
  });
});

describe('the numbers are those of one fit a fold, for every row and number of components', () => {
  const splitters: [string, string][] = [
    ['LeaveOneOut', 'LeaveOneOut'],
    ['RepeatedKFold', 'RepeatedKFold: {n_splits: 3, n_repeats: 2, random_state: 4}'],
    ['ShuffleSplit', 'ShuffleSplit: {n_splits: 4, test_size: 0.3, random_state: 1}'],
    ['GroupKFold', '{split: {GroupKFold: {n_splits: 3}}, group: site}'],
    [
      'PredefinedSplit',
      `PredefinedSplit: {test_fold: [${[...rows((i) => i % 6 !== 3)].map((i) => (i % 4) - 1).join()}]}`,
    ],
  ];
  for (const [name, line] of splitters)
    test.each([false, true])(`${name}, with a test partition, scale %s`, async (scale) => {
      const run = await runOf(withTest, pipeline(line, path(5, scale)));
      expect(folds(run).alone).toBe(0);
      expectLikeOneFit(run, x, scale);
    });

  test('excluded samples neither train nor are they held out', async () => {
    const run = await runOf(
      data,
      pipeline('exclude: {MetadataFilter: {column: mark, values_to_exclude: [bad]}}', KFOLD, path(4)),
    );
    const seen = new Set(foldEntries(run).flatMap(({ rows: which }) => [...which]));
    expect([...seen].filter((row) => metadata.mark[row] === 'bad')).toEqual([]);
    expect(seen.size).toBe(metadata.mark.filter((one) => one === 'good').length);
    expectLikeOneFit(run, x, false);
  });

  test('a target chain is fitted in each fold and taken back', async () => {
    expectLikeOneFit(await runOf(withTest, pipeline(KFOLD, 'y_processing: [MinMaxScaler]', path(4, true))), x, true);
    const run = await runOf(withTest, pipeline(KFOLD, 'y_processing: [LogTransform, StandardScaler]', path(4)));
    expect(folds(run).alone).toBe(0);
    expectLikeOneFit(run, x, false, { to: Math.log, back: Math.exp });
  });

  test('a value that is not finite reaches no other sample: folds that train on it fail with a sentence', async () => {
    const broken = { x: { ...x, data: x.data.slice() }, y };
    broken.x.data[3 * 83 + 5] = NaN;
    const run = await runInMemory(unitDataOf(broken), pipeline(KFOLD, pls(3)));
    for (const { rows: which, predicted } of foldEntries(run))
      expect([...which].filter((row, k) => row !== 3 && !Number.isFinite(predicted[k]))).toEqual([]);
    expect(folds(run).together).toBe(0);
    expect(run.events.filter(({ type }) => type === 'fold.failed')).toHaveLength(4);
    expect(String(run.error)).toMatch(/finite|missing/);
  });
});

const FILTERS = '_or_: [null, {SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}}]';
const SCATTER = '_or_: [null, SNV, MSC, {Detrend: {polyorder: 0}}]';

describe('Gram matrices that variants share', () => {
  test('SNV, MSC before the splitter and offsets are derived, and give what they give alone', async () => {
    const swept = await runOf(withTest, pipeline(FILTERS, SCATTER, KFOLD, pls(4)));
    expect(swept.variants.size).toBe(8);
    expect(swept.pool.derived).toHaveLength(6);
    const smooth = transformCalled('SavitzkyGolay', { window_length: 11, polyorder: 2, deriv: 1 });
    const filters = ['null', '{SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}}'];
    const scatters = ['null', 'SNV', 'MSC', '{Detrend: {polyorder: 0}}'];
    const taken = new Set<number>();
    for (const [f, filter] of filters.entries())
      for (const [s, scatter] of scatters.entries()) {
        const steps = [filter, scatter].filter((step) => step !== 'null');
        const single = await runOf(withTest, pipeline(...steps, KFOLD, pls(4)));
        expect(single.pool.derived).toEqual([]);
        const own = [...swept.variants.values()].find((one) => one.variant === f * 4 + s);
        expect(own?.rmsecv).toBeDefined();
        taken.add(own?.variant ?? -1);
        expect(relativeError([own?.rmsecv ?? NaN], [single.variants.get(0)?.rmsecv ?? NaN]), steps.join()).toBeLessThan(
          RTOL,
        );
        // And what they give when each fold is fitted by itself.
        const filtered = f === 0 ? x : smooth.fitApply(x);
        const state = (id: string, params = {}) => {
          const step = transformCalled(id, params);
          return step.apply(filtered, step.fit(takeRows(filtered, withTest.train)));
        };
        const spectra = [
          () => filtered,
          () => state('SNV'),
          () => state('MSC'),
          () => state('Detrend', { polyorder: 0 }),
        ];
        expectLikeOneFit(single, spectra[s]?.() ?? filtered, false);
      }
    expect(taken.size).toBe(8);
  });

  test('MSC behind the splitter is fitted in each fold and never derived', async () => {
    const run = await runOf(data, pipeline(KFOLD, '_or_: [null, SNV, MSC]', pls(4)));
    expect(run.pool.derived).toHaveLength(1); // SNV from the raw spectra
    expect(folds(run)).toEqual({ together: 10, alone: 5 });
    const alone = run.pool.fits.filter(({ keepChains }) => !keepChains);
    expect(alone.map(({ steps }) => steps.some((step) => step.role === 'transform' && step.id === 'MSC'))).toEqual(
      alone.map(() => true),
    );
  });

  test('with scaled channels nothing is derived', async () => {
    const run = await runOf(data, pipeline(SCATTER, KFOLD, pls(4, true)));
    expect(run.pool.derived).toEqual([]);
    expect(folds(run)).toEqual({ together: 20, alone: 0 });
  });
});

describe('the same bytes', () => {
  const large = syntheticSpectra(120, 150, 3);
  const largeData = unitDataOf({ x: large, y: syntheticTarget(large, 4) });

  test.each([false, true])('with pools of 1, 2 and 3, where threads share tiles and folds; scale %s', async (scale) => {
    const text = pipeline('LeaveOneOut', path(9, scale));
    const of = (size: number) => runOf(largeData, text, { pool: inProcessPool(size) });
    const one = await of(1);
    for (const size of [2, 3]) {
      const several = await of(size);
      expect(new Set(several.pool.solved.map(({ room }) => room.at)).size).toBe(size);
      expect(bytesOf(several)).toEqual(bytesOf(one));
    }
  });

  test('with pools of 1, 2 and 3 in a sweep with derived matrices', async () => {
    const text = pipeline(FILTERS, SCATTER, KFOLD, path(4));
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((size) => runOf(data, text, { pool: inProcessPool(size) }).then(bytesOf)),
    );
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  test('with the caches on and off', async () => {
    const text = pipeline(FILTERS, SCATTER, KFOLD, path(4));
    expect(bytesOf(await runOf(data, text, { caches: null }))).toEqual(bytesOf(await runOf(data, text)));
  });
});

describe('beyond the rank', () => {
  // Three channels, each several times, and a constant one.
  const low = matrix(
    N,
    10,
    Float64Array.from({ length: N * 10 }, (_, at) =>
      at % 10 === 9 ? 1 : (x.data[Math.floor(at / 10) * 83 + 11 * (at % 3)] ?? 0),
    ),
  );
  const lowData = unitDataOf({ x: low, y });

  test('folds are fitted by themselves: what the rank allows stands, and the notice says where it ends', async () => {
    const run = await runOf(lowData, pipeline(KFOLD, path(6)));
    expect(folds(run)).toEqual({ together: 5, alone: 5 });
    expect(run.result?.warnings.join(' ')).toMatch(/component 4 cannot be computed/);
    const figures = [...run.variants.values()].map(({ rmsecv }) => rmsecv ?? null);
    expect(figures.map((one) => one === null)).toEqual([false, false, false, true, true, true]);
    expectLikeOneFit(run, low, false);
  });

  test('one number of components above it: the largest model that there is, with the notice', async () => {
    const run = await runOf(lowData, pipeline(KFOLD, pls(6)));
    expect(run.result?.warnings.join(' ')).toMatch(/component 4 cannot be computed/);
    const three = await runOf(lowData, pipeline(KFOLD, pls(3)));
    expect(relativeError([run.result?.rmsecv ?? NaN], [three.result?.rmsecv ?? NaN])).toBeLessThan(RTOL);
  });
});
