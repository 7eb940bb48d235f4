import { describe, expect, test } from 'vitest';
import type { FitUnit } from '#core/execution/unit.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { runInMemory, type MemoryRun } from '#tests/support/runInMemory.ts';
import { stackData } from '#tests/unit/core/execution/support/stackData.ts';
import { stackShapes } from '#tests/unit/core/execution/support/stackShapes.ts';

const data = stackData({ key: 'counted' });
const inUse = ({ fold }: FitUnit) => fold.validation.length === 0;
const models = (fits: readonly FitUnit[]) =>
  fits.map(({ steps }) => steps.at(-1)).map((step) => (step && 'id' in step ? step.id : ''));
/** What a run found, in one order: base models may end in any. */
const numbersOf = (run: MemoryRun) => {
  const keyOf = (one: MemoryRun['predictions'][number]) => `${one.variant} ${one.fold} ${one.partition}`;
  return {
    predictions: run.predictions.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    variants: [...run.variants.values()].toSorted((a, b) => a.variant - b.variant),
    finals: run.finals.map(({ variant, chain }) => ({ variant, chain })).toSorted((a, b) => a.variant - b.variant),
    figures: { ...run.result, cache: null, timings: null },
  };
};

const FOREST = 'RandomForestRegressor: {n_estimators: 4, random_state: 0}';

test.each(['in_sample', 'oof'])(
  'the refit fits the base models and the meta-model, nothing else: %s',
  async (training) => {
    const text = `refit: {stackingMetaTraining: ${training}}
pipeline:
  - KFold: {n_splits: 4}
  - branch: {a: [SNV, {${FOREST}}], b: [MSC, {ExtraTreesRegressor: {n_estimators: 4, random_state: 0}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;
    const run = await runInMemory(data, text);
    expect(run.error).toBeNull();
    expect(models(run.pool.fits.filter(inUse)).toSorted()).toEqual([
      'ExtraTreesRegressor',
      'RandomForestRegressor',
      'Ridge',
    ]);
    expect(models(run.pool.fits).at(-1)).toBe('Ridge');
    // Four folds of three models, and these.
    expect(run.pool.fits).toHaveLength(4 * 3 + 3);
  },
);

test('a base model that several variants share is fitted once', async () => {
  const text = `pipeline:
  - KFold: {n_splits: 4}
  - branch: {a: [SNV, {${FOREST}}], b: [MSC, {${FOREST}}]}
  - merge: predictions
  - Ridge: {alpha: {_or_: [0.01, 0.1, 1.0]}}
`;
  const run = await runInMemory(data, text);
  expect(run.error).toBeNull();
  const variants = [...run.variants.values()];
  expect(variants.filter(({ base }) => !base)).toHaveLength(3);
  expect(variants.filter(({ base }) => base)).toHaveLength(2);
  const count = (id: string, of: (unit: FitUnit) => boolean) =>
    models(run.pool.fits.filter(of)).filter((model) => model === id).length;
  expect(count('RandomForestRegressor', (unit) => !inUse(unit))).toBe(2 * 4);
  expect(count('RandomForestRegressor', inUse)).toBe(2);
  // One fit a fold serves all penalties.
  expect(count('Ridge', (unit) => !inUse(unit))).toBe(4);
  expect(count('Ridge', inUse)).toBe(1);
});

test('preprocessing before the lanes is fitted once a fold, and once for use', async () => {
  const text = `pipeline:
  - KFold: {n_splits: 4}
  - MSC
  - branch: {a: [{${FOREST}}], b: [SNV, {${FOREST}}], c: [{PLS: {n_components: 2}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;
  const run = await runInMemory(data, text);
  expect(run.error).toBeNull();
  // MSC: four folds and the refit. Lane c reaches the folds' kernels or workers with what lane a has found.
  expect(run.result?.cache?.checkBeforeFit.misses).toBe(5);
});

describe.each(Object.entries(stackShapes))('%s', (_, steps) => {
  const text = `pipeline:\n  - KFold: {n_splits: 4}${steps}\n`;
  test('gives the same bits with and without caches, on one worker and on two, and again', async () => {
    const first = await runInMemory(data, text);
    expect(first.error).toBeNull();
    const want = numbersOf(first);
    expect(numbersOf(await runInMemory(data, text))).toEqual(want);
    expect(numbersOf(await runInMemory(data, text, { caches: null }))).toEqual(want);
    expect(numbersOf(await runInMemory(data, text, { pool: inProcessPool(2) }))).toEqual(want);
  });
});
