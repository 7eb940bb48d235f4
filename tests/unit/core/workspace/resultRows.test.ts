import { expect, test } from 'vitest';
import {
  aPrediction,
  aResult,
  aTrial,
  aVariant,
  RUN_ID,
  someArrays,
} from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';
import { scoresWith } from '#tests/support/scores.ts';

const LEVELS = ['run', 'variant', 'model', 'fold', 'trial'] as const;
const scores = scoresWith({ n: 60, balancedAccuracy: 0.9, accuracy: 0.95 });

async function classificationRun() {
  const workspace = await workspaceWithRun();
  const { variants, predictions, runs, trials } = workspace;
  variants.put(RUN_ID, [aVariant(0, { rmsecv: null, cv: scores, n: 60, tuned: { C: 10 } })]);
  predictions.put(
    (['w_avg', 'final', 'fold_1', 'avg', 'fold_0'] as const).map((foldId) => ({
      record: aPrediction({
        foldId,
        partition: foldId === 'final' ? 'test' : 'validation',
        refitContext: foldId === 'final' ? 'standalone' : null,
        scores,
      }),
      arrays: someArrays(),
    })),
  );
  trials.put(RUN_ID, 'study', aTrial(0));
  trials.put(RUN_ID, 'study', aTrial(1, { state: 'pruned', value: null }));
  const refit = {
    variant: 0,
    label: 'C 10',
    params: {},
    criterion: 'best mean of the fold scores',
    rmsec: null,
    rmsep: null,
    finalScore: 0.9,
    train: scores,
    test: scores,
    problem: null,
  };
  const result = {
    ...aResult(),
    task: 'classification' as const,
    cv: scores,
    train: scores,
    test: scores,
    refits: [refit],
  };
  runs.finish(RUN_ID, { status: 'completed', endedAt: '2026-11-22T04:00:00.000Z', result, error: null });
  return workspace;
}

test('a classification has its own figures, and no column of the other task', async () => {
  const { results } = await classificationRun();
  for (const level of LEVELS) {
    const rows = results(RUN_ID, level);
    const names = rows.flatMap((row) => Object.keys(row));
    expect(names.filter((name) => /rmse|r2|bias|slope|rpd/i.test(name))).toEqual([]);
    expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBe(1); // one header fits all rows
  }
  expect(results(RUN_ID, 'run')).toMatchObject([
    { task: 'classification', balancedAccuracyCv: 0.9, accuracyTest: 0.95, refits: 1 },
  ]);
  expect(results(RUN_ID, 'variant')).toMatchObject([
    { balancedAccuracy: 0.9, n: 60, tuned: '{"C":10}', refitted: true },
  ]);
  expect(results(RUN_ID, 'model')).toMatchObject([{ balancedAccuracyCv: 0.9, balancedAccuracyTest: 0.9, nTest: 60 }]);
});

test('averages follow the folds, and the refit comes last', async () => {
  const { results } = await classificationRun();
  expect(results(RUN_ID, 'fold').map((row) => row['fold'])).toEqual(['fold_0', 'fold_1', 'avg', 'w_avg', 'final']);
});

test('every finetuning trial is a row, stopped ones without a value', async () => {
  const { results } = await classificationRun();
  expect(results(RUN_ID, 'trial').map((row) => [row['trial'], row['state'], row['value'] === null])).toEqual([
    [0, 'completed', false],
    [1, 'pruned', true],
  ]);
});

test('a calibration has no column of a classification, and without finetuning no trials', async () => {
  const { results, variants } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0)]);
  expect(Object.keys(results(RUN_ID, 'variant')[0] ?? {}).filter((name) => /accuracy|f1|mcc/i.test(name))).toEqual([]);
  expect(results(RUN_ID, 'trial')).toEqual([]);
});

test('the best variants only, in the order of the ranking', async () => {
  const { results, variants } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0), aVariant(1), aVariant(2)]);
  variants.rank(RUN_ID, [2, 0, 1], 2);
  expect(results(RUN_ID, 'variant', 2).map((row) => row['variant'])).toEqual([2, 0]);
  expect(results(RUN_ID, 'variant')).toHaveLength(3);
});
