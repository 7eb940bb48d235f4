import { describe, expect, test } from 'vitest';
import { CancelledError } from '#core/base/cancellation.ts';
import type { FitUnit } from '#core/execution/unit.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { runInMemory, type MemoryRun } from '#tests/support/runInMemory.ts';
import { SITES, stackData, TEST, TRAINING } from '#tests/unit/core/execution/support/stackData.ts';

const FOREST = 'RandomForestRegressor: {n_estimators: 4, random_state: 0}';
const modelOf = ({ steps }: FitUnit) => {
  const last = steps.at(-1);
  return last?.role === 'model' ? last.id : '';
};
const isMeta = ({ steps }: FitUnit) => steps.some(({ role }) => role === 'ready-join');
const inUse = ({ fold }: FitUnit) => fold.validation.length === 0;
const validates = ({ fold }: FitUnit, place: number) => fold.validation.includes(place);

const named = (run: MemoryRun, label: RegExp) => {
  const found = [...run.variants.values()].filter((one) => label.test(one.label));
  if (found.length !== 1) throw new Error(`${found.length} variants are called ${String(label)}.`);
  return found[0];
};
const storedOf = (run: MemoryRun, variant: number | undefined, fold: string) =>
  run.predictions.filter((one) => one.variant === variant && one.fold === fold);

/** Two variants: the second lane is a forest, or a ridge regression. */
const twoStacks = (merge: string) => `pipeline:
  - KFold: {n_splits: 4}
  - branch:
      a: [SNV, {PLS: {n_components: 3}}]
      b:
        - MSC
        - _or_: [{${FOREST}}, {Ridge: {alpha: 0.5}}]
  - merge: ${merge}
  - Ridge: {alpha: 0.1}
`;
const forestFails = () =>
  inProcessPool(1, (unit) => (modelOf(unit).startsWith('Random') && validates(unit, 12) ? 'fitting a forest' : null));

describe('a base model that fails in one fold', () => {
  test('names itself with its branch and fold; siblings are stored, and other variants compete', async () => {
    const run = await runInMemory(stackData(), twoStacks('predictions'), { pool: forestFails() });
    expect(run.error).toBeNull();
    const stacks = [...run.variants.values()].filter(({ base }) => !base);
    expect(stacks.map(({ status }) => status)).toEqual(['failed', 'completed']);
    expect(stacks[0]?.problem).toMatch(
      /^The base model RandomForestRegressor \(branch b\) failed: Fold 2: .*fitting a forest/,
    );
    expect(run.result?.cvBest?.variant).toBe(1);
    expect(run.finals.map(({ variant }) => variant)).not.toContain(0);
    expect(run.result?.warnings.join()).toContain('1 of 2 variants could not be computed');

    const pls = named(run, /branch a · PLS/);
    expect(pls?.status).toBe('completed');
    expect(storedOf(run, pls?.variant, 'avg').map(({ partition }) => partition)).toContain('validation');
    const forest = named(run, /branch b · Random/);
    expect(forest?.status).toBe('failed');
    for (const fold of ['fold_0', 'fold_2', 'fold_3']) expect(storedOf(run, forest?.variant, fold)).toHaveLength(3);
    expect(storedOf(run, forest?.variant, 'fold_1')).toEqual([]);
  });

  test.each(['warn', 'skip'])('is left out with on_missing: %s', async (onMissing) => {
    const run = await runInMemory(stackData(), twoStacks(`{predictions: all, on_missing: ${onMissing}}`), {
      pool: forestFails(),
    });
    expect(run.error).toBeNull();
    expect([...run.variants.values()].filter(({ base }) => !base).map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ]);
    const told = run.result?.warnings.join() ?? '';
    if (onMissing === 'warn')
      expect(told).toMatch(/The base model RandomForestRegressor \(branch b\) failed and was left out of the merge/);
    else expect(told).not.toContain('left out');
    // A stack of what is left.
    const [without] = [...run.variants.values()];
    expect(without?.rmsecv).toBeGreaterThan(0);
  });

  test('leaves nothing to learn from when every model is missing', async () => {
    const pool = inProcessPool(1, (unit) => (isMeta(unit) ? null : 'fitting a base model'));
    const text = `pipeline:
  - KFold: {n_splits: 4}
  - branch: [[MSC, {${FOREST}}], [StandardScaler, {${FOREST}}]]
  - merge: {predictions: all, on_missing: skip}
  - Ridge: {alpha: 0.1}
`;
    const run = await runInMemory(stackData(), text, { pool });
    expect(String(run.error)).toMatch(/every base model|None of the base models/);
  });

  test('fails a separated model by its group', async () => {
    // The group of two samples has none left in a fold that validates both.
    const sites = Object.fromEntries(
      Array.from({ length: TRAINING + TEST }, (_, row) => [row, row < 2 ? 'rare' : (SITES[row % 3] ?? '')]),
    );
    const text = `pipeline:
  - KFold: {n_splits: 4}
  - branch: {by_metadata: site, steps: [SNV, {PLS: {n_components: 2}}]}
  - merge: concat
`;
    const run = await runInMemory(stackData({ sites }), text);
    expect(String(run.error)).toMatch(
      /The base model PLS \(branch rare\) failed: Fold 1: No training sample of this fold belongs to site rare/,
    );
    expect([...run.variants.values()].filter(({ status }) => status === 'completed')).toHaveLength(3);
  });
});

describe('a meta-model that fails', () => {
  const text = `pipeline:
  - KFold: {n_splits: 4}
  - branch: {a: [SNV, {PLS: {n_components: 3}}], b: [MSC, {${FOREST}}]}
  - merge: predictions
  - Ridge: {alpha: 0.1}
`;
  test('in a fold, leaves what the base models found', async () => {
    const pool = inProcessPool(1, (unit) => (isMeta(unit) && validates(unit, 12) ? 'fitting the meta-model' : null));
    const run = await runInMemory(stackData(), text, { pool });
    expect(String(run.error)).toContain('Fold 2:');
    const bases = [...run.variants.values()].filter(({ base }) => base);
    expect(bases.map(({ status }) => status)).toEqual(['completed', 'completed']);
    for (const { variant } of bases) expect(storedOf(run, variant, 'avg').length).toBeGreaterThan(0);
  });

  test.each([
    ['the meta-model', (unit: FitUnit) => isMeta(unit), /fitting for use/],
    [
      'a base model',
      (unit: FitUnit) => modelOf(unit).startsWith('Random'),
      /^The base model RandomForestRegressor \(branch b\) failed: .*fitting for use/,
    ],
  ])('in the refit (%s), keeps cross-validation and the fold models', async (_, which, problem) => {
    const pool = inProcessPool(1, (unit) => (inUse(unit) && which(unit) ? 'fitting for use' : null));
    const run = await runInMemory(stackData(), text, { pool });
    expect(run.error).toBeNull();
    expect(run.result?.refits[0]?.problem).toMatch(problem);
    expect(run.result?.finalScore).toBeNull();
    expect(run.result?.rmsecv).toBeGreaterThan(0);
    expect(run.events.some(({ type }) => type === 'refit.failed')).toBe(true);
    expect(run.result?.foldEnsemble).toBe(4);
    expect(run.ensemble).toHaveLength(4);
    // The other base model was trained, and is not lost.
    expect(run.finals.map(({ variant }) => run.variants.get(variant)?.model)).toContain('PLS');
  });

  test('in a fold model that is kept too, does not take the run down', async () => {
    const pool = inProcessPool(1, (unit) => (isMeta(unit) && unit.keepChains ? 'fitting for use' : null));
    const run = await runInMemory(stackData(), text, { pool });
    expect(run.error).toBeNull();
    expect(run.result?.foldEnsemble).toBe(0);
    expect(run.result?.warnings.join()).toMatch(/fold models could not be kept/);
  });
});

describe('splitters that never validate some samples', () => {
  const text = (splitter: string, onMissing: string) => `pipeline:
  - ${splitter}
  - branch: {a: [SNV, {PLS: {n_components: 2}}], b: [MSC, {Ridge: {alpha: 0.5}}]}
  - merge: {predictions: all, on_missing: ${onMissing}}
  - Ridge: {alpha: 0.1}
`;
  const shuffled = 'ShuffleSplit: {n_splits: 3, test_size: 0.3, random_state: 0}';
  const series = 'TimeSeriesSplit: {n_splits: 4}';

  test.each([shuffled, series])('%s is refused with on_missing: error', async (splitter) => {
    const run = await runInMemory(stackData(), text(splitter, 'error'));
    expect(String(run.error)).toMatch(/PLS \(branch a\) has no out-of-fold prediction for \d+ training samples/);
    // The base models have their results all the same.
    expect([...run.variants.values()].filter(({ base }) => base).map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ]);
  });

  test.each(['warn', 'skip'])(
    'ShuffleSplit: the meta-model learns from the rest with on_missing: %s',
    async (onMissing) => {
      const run = await runInMemory(stackData(), text(shuffled, onMissing));
      expect(run.error).toBeNull();
      expect(run.result?.warnings.join().includes('has no out-of-fold prediction')).toBe(onMissing === 'warn');
      const seen = new Set(storedOf(run, 1, 'avg').find(({ partition }) => partition === 'validation')?.rows);
      expect(seen.size).toBeLessThan(TRAINING);
      for (const one of run.predictions.filter(
        ({ variant, fold, partition }) => variant === 0 && fold.startsWith('fold') && partition === 'train',
      ))
        expect([...one.rows].filter((row) => !seen.has(row))).toEqual([]);
      // In use every training sample has an in-sample prediction.
      expect(storedOf(run, 0, 'final').find(({ partition }) => partition === 'train')?.rows).toHaveLength(TRAINING);
    },
  );

  test('TimeSeriesSplit: a fold with nothing to learn from is told as such', async () => {
    const run = await runInMemory(stackData(), text(series, 'warn'));
    expect(String(run.error)).toMatch(/Fold 1: .*out-of-fold prediction/);
  });
});

describe('groups', () => {
  const text = (branch: string) => `pipeline:
  - KFold: {n_splits: 4}
  - branch: {${branch}, steps: [SNV, {PLS: {n_components: 2}}]}
  - merge: concat
`;
  test('a site that only the test set has is told and left out', async () => {
    const run = await runInMemory(stackData({ sites: { 50: 'east', 53: 'east' } }), text('by_metadata: site'));
    expect(run.error).toBeNull();
    expect(run.result?.warnings).toContain(
      '2 test samples belong to no group of site ("east"), so the test score is without them. The groups are north, south, west.',
    );
    const test_ = run.predictions.find(
      ({ fold, partition, variant }) => fold === 'final' && partition === 'test' && variant === 0,
    );
    expect(test_?.rows).toHaveLength(TEST - 2);
    expect([...(test_?.rows ?? [])]).not.toContain(50);
  });

  test('training samples without a site, or with one that is not named, are told and left out', async () => {
    const run = await runInMemory(stackData({ sites: { 4: '' } }), text('by_metadata: site, values: [north, south]'));
    expect(run.error).toBeNull();
    expect(run.result?.warnings.join()).toMatch(
      /^17 training samples belong to no group of site \((empty, "west"|"west", empty)\), so no model learns from them/m,
    );
    expect(
      run.predictions.find(
        ({ variant, fold, partition }) => variant === 0 && fold === 'avg' && partition === 'validation',
      )?.rows,
    ).toHaveLength(TRAINING - 17);
  });

  test.each([
    ['by_metadata: place', /there is no metadata column "place".* site, half/],
    ['by_metadata: site, min_samples: 17', /the group "north" has 16 training samples, and min_samples asks for 17/],
    ['by_metadata: site, values: [north, east]', /no training sample belongs to the group "east"/],
    ['by_tag: odd', /odd/],
  ])('%s is refused with what there is', async (branch, message) => {
    const { error } = await runInMemory(stackData(), text(branch));
    expect(String(error)).toMatch(message);
  });
});

test('a run that is cancelled in the middle of a stack ends at once and keeps what it stored', async () => {
  const cancel = {
    cancelled: false,
    check(): void {
      if (this.cancelled) throw new CancelledError();
    },
  };
  const pool = inProcessPool(1, (unit) => {
    if (isMeta(unit)) cancel.cancelled = true;
    return null;
  });
  const run = await runInMemory(stackData(), twoStacks('predictions'), { pool, cancel });
  expect(run.error).toBeInstanceOf(CancelledError);
  expect(run.finals).toEqual([]);
  expect(run.pool.fits.filter(isMeta).length).toBeLessThan(8);
  expect([...run.variants.values()].filter(({ base }) => base).map(({ status }) => status)).toEqual(
    Array.from({ length: 3 }, () => 'completed'),
  );
});
