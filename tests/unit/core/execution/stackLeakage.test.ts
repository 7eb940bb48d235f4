import { describe, expect, test } from 'vitest';
import type { Given, PlannedStep } from '#core/execution/stepPlans.ts';
import type { FitUnit } from '#core/execution/unit.ts';
import { planOf, runInMemory, type MemoryRun } from '#tests/support/runInMemory.ts';
import { stackData, TEST, TRAINING } from '#tests/unit/core/execution/support/stackData.ts';
import { stackShapes } from '#tests/unit/core/execution/support/stackShapes.ts';

/**
 * What a meta-model learns from may not know the target of the sample that it describes. Each case would fail with
 * in-sample predictions in place of out-of-fold ones, and with any path from a test target into a fit.
 */
const splitters = {
  KFold: 'KFold: {n_splits: 4}',
  'repeated folds': 'RepeatedKFold: {n_splits: 3, n_repeats: 2, random_state: 3}',
} as const;

const clean = stackData({ key: 'clean' });
const SAMPLE = 7;
const poisoned = stackData({ key: 'poisoned', y: { [SAMPLE]: 1e6 } });
const spoiltTest = stackData({
  key: 'spoilt test',
  y: Object.fromEntries(Array.from({ length: TEST }, (_, k) => [TRAINING + k, 1e6 * (k + 1)])),
});

const cases = Object.entries(stackShapes).flatMap(([name, steps]) =>
  Object.entries(splitters).map(([folds, splitter]) => [name, folds, `pipeline:\n  - ${splitter}${steps}\n`] as const),
);

describe.each(cases)('%s, %s', (name, _folds, text) => {
  test('the target of a sample does not reach what predicts it out of fold', async () => {
    const [before, after] = [await runInMemory(clean, text), await runInMemory(poisoned, text)];
    expect(before.error).toBeNull();
    expect(after.error).toBeNull();
    // It does reach everything else.
    expect(oneOf(after, 0, SAMPLE + 1)).not.toBe(oneOf(before, 0, SAMPLE + 1));
    const plan = planOf(text, null, clean);
    const lowest = plan.groups.filter(({ level }) => level === 0).flatMap(({ variants }) => variants);
    expect(lowest.length).toBeGreaterThan(0);
    for (const variant of lowest) expect(oneOf(after, variant, SAMPLE)).toBe(oneOf(before, variant, SAMPLE));

    // No fold trains on a sample that it predicts, at any level.
    for (const run of [before, after])
      for (const one of run.predictions.filter(
        ({ fold, partition }) => fold.startsWith('fold_') && partition === 'validation',
      )) {
        const train = run.predictions.find(
          (other) => other.variant === one.variant && other.fold === one.fold && other.partition === 'train',
        );
        const trained = new Set(train?.rows);
        expect(trained.size).toBeGreaterThan(0);
        expect([...one.rows].filter((row) => trained.has(row) || row >= TRAINING)).toEqual([]);
      }

    // The columns that workers got to learn from are what base models were stored to say out of fold.
    const said = after.predictions.filter(({ fold, partition }) => fold === 'avg' && partition === 'validation');
    const given = givenOf(after.pool.fits).filter((_, at) => name !== 'weighted and selected' || at % 2 === 1);
    expect(given.length).toBeGreaterThan(0);
    for (const { x } of given)
      for (let j = 0; j < x.cols; j++)
        expect(
          said.some(({ rows, predicted }) => rows.every((row, k) => x.data[row * x.cols + j] === predicted[k])),
        ).toBe(true);
  });

  test('targets of the test set reach nothing but its scores', async () => {
    const [before, after] = [await runInMemory(clean, text), await runInMemory(spoiltTest, text)];
    expect(before.error).toBeNull();
    expect(after.predictions.map(untestedPart)).toEqual(before.predictions.map(untestedPart));
    expect([...after.variants.values()]).toEqual([...before.variants.values()]);
    expect(after.finals.map(({ chain }) => chain)).toEqual(before.finals.map(({ chain }) => chain));
    expect(after.result?.cvBest).toEqual(before.result?.cvBest);
    expect(after.result?.rmsec).toBe(before.result?.rmsec);
    expect(after.result?.finalScore).not.toBe(before.result?.finalScore);
  });
});

/** What a variant says of a row out of fold. */
function oneOf(run: MemoryRun, variant: number, row: number): number | undefined {
  const said = run.predictions.find(
    (one) => one.variant === variant && one.fold === 'avg' && one.partition === 'validation',
  );
  return said?.predicted[said.rows.indexOf(row)];
}

/**
 * Predictions that joins took in, in cross-validation, for every row of the dataset. Where models of a lane are added up
 * nothing is stored of the sum: it is the first of two.
 */
function givenOf(fits: readonly FitUnit[]): Given[] {
  const joins = (steps: readonly PlannedStep[]): Given[] =>
    steps.flatMap((step) => (step.role === 'ready-join' ? [...step.given, ...step.features.flatMap(joins)] : []));
  return fits.filter(({ fold }) => fold.validation.length > 0).flatMap(({ steps }) => joins(steps));
}

/** A stored prediction without what the measured values of test samples change. */
function untestedPart(one: MemoryRun['predictions'][number]) {
  if (one.partition !== 'test') return one;
  return { ...one, scores: null, measured: null };
}
