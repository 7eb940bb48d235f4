import { describe, expect, test } from 'vitest';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import type { CacheReport } from '#core/contract/runTypes.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';

/** What caching.md promises, by the counters of real runs. */
const { source, targets } = syntheticSpectra(60, 50, 5);
const data = unitDataOf(
  { x: source.x, y: targets[0]?.values ?? new Float64Array(0) },
  { train: Int32Array.from({ length: 48 }, (_, k) => k), test: Int32Array.from({ length: 12 }, (_, k) => 48 + k) },
);
const pipeline = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const cacheOf = (run: MemoryRun): CacheReport => {
  const cache = run.result?.cache;
  if (!cache) throw new Error(`The run has no cache report: ${String(run.error)}`);
  return cache;
};
const numbersOf = ({ predictions, finals, variants }: MemoryRun) => ({
  variants: [...variants.values()],
  finals,
  // In an order of their own: folds may end in another order.
  predictions: predictions.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))),
});
const keyOf = (one: MemoryRun['predictions'][number]) => `${one.variant} ${one.fold} ${one.partition}`;

test('SNV before three models of other sizes is fitted once', async () => {
  const run = await runInMemory(
    data,
    pipeline(
      'SNV',
      'KFold: {n_splits: 4}',
      '_or_: [{PLS: {n_components: 5}}, {PCR: {n_components: 5}}, {Ridge: {alpha: 1}}]',
    ),
  );
  expect(cacheOf(run).stateless).toMatchObject({ misses: 1 });
  // Three models on four folds and the refit look it up again.
  expect(cacheOf(run).stateless.hits).toBeGreaterThanOrEqual(12);
  expect(run.pool.prepared).toHaveLength(1);
});

test('a stateful transform before the splitter is fitted once for all variants, folds and the refit', async () => {
  const run = await runInMemory(
    data,
    pipeline('MSC', 'KFold: {n_splits: 4}', '_or_: [{PLS: {n_components: 3}}, {Ridge: {alpha: 1}}]'),
  );
  expect(cacheOf(run).checkBeforeFit).toMatchObject({ misses: 1 });
  expect(cacheOf(run).checkBeforeFit.hits).toBeGreaterThanOrEqual(8);
});

test('fit_on_all: one fit for all folds and the refit', async () => {
  const run = await runInMemory(
    data,
    pipeline(
      'KFold: {n_splits: 4}',
      '{preprocessing: StandardScaler, fit_on_all: true}',
      '_or_: [{PLS: {n_components: 3}}, {Ridge: {alpha: 1}}]',
    ),
  );
  expect(cacheOf(run).fitOnAll).toMatchObject({ misses: 1 });
  // Eight folds of two models and the refit ask for it; the first one makes it.
  expect(cacheOf(run).fitOnAll.hits).toBeGreaterThanOrEqual(8);
});

test('behind the splitter a fold is fitted once for all models that follow, and never serves the refit', async () => {
  const run = await runInMemory(
    data,
    pipeline('KFold: {n_splits: 4}', 'MSC', '_or_: [{PLS: {n_components: 3}}, {PCR: {n_components: 3}}]'),
  );
  // Four folds and the refit: five different training sets, five fits.
  expect(cacheOf(run).checkBeforeFit).toMatchObject({ misses: 5 });
  expect(cacheOf(run).checkBeforeFit.hits).toBeGreaterThanOrEqual(4);
});

test('other parameters or another class are never a hit', async () => {
  const run = await runInMemory(
    data,
    pipeline(
      '_or_: [StandardScaler, {StandardScaler: {with_std: false}}, MeanCenter, MSC]',
      'KFold: {n_splits: 3}',
      'PLS: {n_components: 3, scale: false}',
    ),
  );
  expect(cacheOf(run).checkBeforeFit).toMatchObject({ misses: 4 });
});

describe('the results are the same to the last bit', () => {
  const documents: Record<string, string> = {
    'many chains': pipeline(
      '_or_: [SNV, MSC, null]',
      '_or_: [{SavitzkyGolay: {window_length: 11, polyorder: 2, deriv: 1}}, Detrend]',
      'KFold: {n_splits: 4, shuffle: true, random_state: 3}',
      '_or_: [StandardScaler, MeanCenter]',
      '_or_: [{PLS: {n_components: {_range_: [1, 4]}, scale: false}}, {Ridge: {alpha: 0.1}}]',
    ),
    'target processing and fit_on_all': pipeline(
      '{preprocessing: MinMaxScaler, fit_on_all: true}',
      'RepeatedKFold: {n_splits: 3, n_repeats: 2, random_state: 1}',
      'y_processing: [StandardScaler, MinMaxScaler]',
      'MSC',
      'PLS: {n_components: {_range_: [1, 3]}}',
    ),
    'a splitter that looks at the spectra': pipeline(
      'SNV',
      'KennardStone: {test_size: 0.25}',
      'StandardScaler',
      'PLS: {n_components: 4}',
    ),
    views: pipeline(
      'KFold: {n_splits: 3}',
      '{feature_augmentation: [SNV, [Detrend, MSC]], action: extend}',
      'StandardScaler',
      '_or_: [{PLS: {n_components: 3}}, {Ridge: {alpha: 1}}]',
    ),
  };
  for (const [name, text] of Object.entries(documents))
    test(`with and without caches, ${name}`, async () => {
      const cached = await runInMemory(data, text);
      const afresh = await runInMemory(data, text, { caches: null });
      expect(cached.error).toBeNull();
      expect(afresh.result?.cache).toBeNull();
      expect(numbersOf(cached)).toEqual(numbersOf(afresh));
    });

  for (const [name, text] of Object.entries(documents))
    test(`with a cache so small that everything has to go, ${name}`, async () => {
      const roomy = await runInMemory(data, text);
      const tight = await runInMemory(data, text, {
        caches: { stages: stageCache(8 * 60 * 50 + 1), registry: fitRegistry() },
      });
      expect(tight.error).toBeNull();
      expect(numbersOf(tight)).toEqual(numbersOf(roomy));
      expect(cacheOf(tight).stepCache.bytes).toBeLessThanOrEqual(8 * 60 * 50 + 1);
    });
});

test('a snapshot that had to go is applied again and not fitted again', async () => {
  const text = pipeline('_or_: [MSC, StandardScaler, MeanCenter]', 'KFold: {n_splits: 4}', 'Ridge: {alpha: 1}');
  const run = await runInMemory(data, text, {
    pool: inProcessPool(1),
    caches: { stages: stageCache(8 * 60 * 50 + 1), registry: fitRegistry() },
  });
  expect(cacheOf(run).stepCache.evictions).toBeGreaterThan(0);
  expect(cacheOf(run).checkBeforeFit).toMatchObject({ misses: 3 });
});
