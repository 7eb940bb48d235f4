import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitRegistry } from '#core/cache/fitRegistry.ts';
import { stageCache } from '#core/cache/stageCache.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { StageCache } from '#core/execution/ports.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { openTestEngine, withTecator } from '#tests/support/engineFixture.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';

/** What the caches may never change, and what they must save. */
const N = 30;
const P = 24;
const { source, targets } = syntheticSpectra(N, P, 5);
const y = targets[0]?.values ?? new Float64Array(0);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const metadata = { site: Array.from({ length: N }, (_, k) => 'abc'[k % 3] ?? '') };
const data = unitDataOf({ x: source.x, y }, { train: range(0, 24), test: range(24, N), metadata });
const document = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

const numbersOf = ({ predictions, finals, variants, result }: MemoryRun) => ({
  warnings: result?.warnings,
  best: result?.cvBest,
  finals,
  variants: [...variants].toSorted(([a], [b]) => a - b),
  // Folds may end in another order.
  predictions: predictions.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))),
});
const keyOf = (one: MemoryRun['predictions'][number]) => `${one.variant} ${one.fold} ${one.partition}`;

describe('the counters', () => {
  test('SNV before PLS with 5, 10 and 15 components is fitted once, and PLS once a fold', async () => {
    const pool = inProcessPool();
    const run = await runInMemory(
      data,
      document(
        'SNV',
        'KFold: {n_splits: 3}',
        '_or_: [{PLS: {n_components: 5}}, {PLS: {n_components: 10}}, {PLS: {n_components: 15}}]',
      ),
      { pool },
    );
    expect(run.result?.cache?.stateless.misses).toBe(1);
    expect(pool.solved.map(({ folds }) => folds.length)).toEqual([3]); // together
    expect(pool.fits).toHaveLength(1); // the refit
    expect(run.result).toMatchObject({ variants: 3, realFits: 4 });
  });

  test('a hundred variants share ten preprocessings: each is computed once, on the whole data', async () => {
    const pool = inProcessPool();
    const text = document(
      '_or_: [SNV, Detrend, null, {SavitzkyGolay: {window_length: 5}}, {SavitzkyGolay: {window_length: 5, deriv: 1}}]',
      '_or_: [MeanCenter, {MinMaxNormalization: {}}]',
      'KFold: {n_splits: 3}',
      'PLS: {n_components: {_range_: [1, 10]}}',
    );
    const run = await runInMemory(data, text, { pool });
    expect(run.error).toBeNull();
    expect(run.result).toMatchObject({ variants: 100, realFits: 31 });
    // Five first steps (one of them nothing) and ten seconds.
    expect(pool.prepared).toHaveLength(4 + 10);
    expect(run.result?.cache?.stepCache.misses).toBe(14);
    // Thirty-one fits ask for the spectra and ten make them; of eight second steps on a first one, four make that one.
    expect(run.result?.cache?.stepCache.hits).toBe(31 - 10 + 8 - 4);
  });

  test('hits save time that misses had cost, and nothing is saved where nothing was hit', async () => {
    const { result } = await runInMemory(
      data,
      document('MSC', 'KFold: {n_splits: 3}', '_or_: [{Ridge: {alpha: 1}}, {Ridge: {alpha: 2}}]'),
    );
    expect(result?.cache?.checkBeforeFit.hits).toBeGreaterThan(0);
    expect(result?.cache?.checkBeforeFit.secondsSaved).toBeGreaterThanOrEqual(0);
    expect(result?.cache?.fitOnAll).toEqual({ hits: 0, misses: 0, bytes: 0, secondsSaved: 0, evictions: 0 });
  });
});

describe('whatever the document, the results are the same with caches, without, and with very small ones', () => {
  const first = [
    'SNV',
    'MSC',
    'MeanCenter',
    '_or_: [SNV, MSC, null]',
    '_or_: [StandardScaler, {StandardScaler: {with_std: false}}]',
    '{preprocessing: MinMaxScaler, fit_on_all: true}',
    'exclude: {YOutlierFilter: {method: mad, threshold: 2}}',
    'tag: {far: {YOutlierFilter: {method: mad, threshold: 1}}}',
    'sample_augmentation: {transformers: [GaussianAdditiveNoise, Mixup], count: 1}',
    'feature_augmentation: [SNV, [MSC, MeanCenter]]',
    'concat_transform: [SNV, {PCA: {n_components: 3}}]',
    'y_processing: StandardScaler',
    '{preprocessing: {PLSScores: {n_components: 3}}}',
  ];
  const splitters = [
    'KFold: {n_splits: 3}',
    'RepeatedKFold: {n_splits: 2, n_repeats: 2, random_state: 4}',
    'KennardStone: {test_size: 0.3}',
    '{split: {KFold: {n_splits: 3}}, group: site}',
    'SPXYFold: {n_splits: 3}',
  ];
  const models = [
    'PLS: {n_components: {_range_: [1, 3]}}',
    '_or_: [{Ridge: {alpha: 1}}, {PLS: {n_components: 2}}]',
    '_or_: [{PCR: {n_components: 2}}, {KNeighborsRegressor: {n_neighbors: 3}}]',
    '{model: PLS, finetune_params: {n_trials: 3, sampler: random, seed: 1, model_params: {n_components: [int, 1, 5]}}}',
  ];
  const some = fc.uniqueArray(fc.constantFrom(...first), { maxLength: 3 });
  const small = 8 * N * P + 1;

  /** Never more than the limit, looked at after each change. */
  const watched = (limit: number): StageCache => {
    const inner = stageCache(limit);
    return {
      get: inner.get,
      retire: inner.retire,
      put(key, entry) {
        inner.put(key, entry);
        expect(inner.bytes).toBeLessThanOrEqual(limit);
      },
      get bytes() {
        return inner.bytes;
      },
      get evictions() {
        return inner.evictions;
      },
    };
  };

  test('documents drawn at random', async () => {
    let completed = 0;
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.constantFrom(...splitters),
        some,
        fc.constantFrom(...models),
        async (before, splitter, behind, model) => {
          const text = document(...before, splitter, ...behind, model);
          const cached = await runInMemory(data, text);
          const afresh = await runInMemory(data, text, { caches: null });
          const tight = await runInMemory(data, text, {
            pool: inProcessPool(2),
            caches: { stages: watched(small), registry: fitRegistry() },
          });
          expect(String(afresh.error)).toBe(String(cached.error));
          expect(numbersOf(afresh)).toEqual(numbersOf(cached));
          expect(numbersOf(tight)).toEqual(numbersOf(cached));
          if (cached.error === null) completed++;
        },
      ),
      { numRuns: 25 },
    );
    expect(completed, 'most of the documents run').toBeGreaterThan(20);
  });

  test('the data themselves are as they were', async () => {
    const [x, before] = [source.x.data.slice(), y.slice()];
    await runInMemory(data, document(...first.slice(5, 11), 'KFold: {n_splits: 3}', 'MSC', 'PLS: {n_components: 2}'));
    expect(source.x.data).toEqual(x);
    expect(y).toEqual(before);
  });
});

describe('threads', () => {
  const text = document(
    '_or_: [SNV, MSC]',
    'KFold: {n_splits: 4, shuffle: true, random_state: 1}',
    'sample_augmentation: {transformers: [{GaussianAdditiveNoise: {sigma: 0.01}}, Mixup], count: 1}',
    'StandardScaler',
    '_or_: [{PLS: {n_components: {_range_: [1, 4]}}}, {RandomForestRegressor: {n_estimators: 5}}]',
  );
  test('one worker or two, caches or none: the same bytes in the workspace', async () => {
    const found = [];
    for (const [workers, cache] of [
      [1, true],
      [2, true],
      [2, false],
    ] as const) {
      const engine = await openTestEngine({ workers });
      const { id } = await withTecator(engine);
      const { runId, warnings } = await engine.run({
        datasetId: id,
        target: 'fat',
        trainSplit: ['M'],
        testSplit: ['T'],
        pipeline: text,
        cache,
      });
      const { predictions, chains } = engine.engine.parts.workspace;
      found.push({
        warnings,
        // By content: equal hashes are equal bytes.
        chain: chains.final(runId)?.steps,
        predictions: predictions
          .read({ runId })
          .map(({ record: { runId: _, ...record }, arrays }) => ({ record, arrays })),
      });
    }
    expect(found[0]?.predictions.length).toBe(10 * 18 + 2);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });
});
