import { expect, test } from 'vitest';
import {
  aPrediction,
  aResult,
  aVariant,
  RUN_ID,
  someArrays,
  someScores,
} from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

test('predictions come back exactly, and by any part of their name', async () => {
  const { variants, predictions } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0), aVariant(1)]);
  const entries = [0, 1].flatMap((variant) =>
    ['fold_10', 'fold_2', 'avg', 'final'].flatMap((foldId) =>
      (['validation', 'train'] as const).map((partition) => ({
        record: aPrediction({ variant, foldId, partition, refitContext: foldId === 'final' ? 'standalone' : null }),
        arrays: someArrays(3, variant),
      })),
    ),
  );
  predictions.put(entries);
  expect(predictions.list({ runId: RUN_ID })).toHaveLength(16);
  expect(predictions.list({ runId: RUN_ID, variant: 1, partition: 'validation' }).map((p) => p.foldId)).toEqual([
    'fold_2',
    'fold_10',
    'avg',
    'final',
  ]);
  expect(predictions.read({ runId: RUN_ID, variant: 1, foldId: 'avg', partition: 'train' })).toEqual([
    { record: aPrediction({ variant: 1, foldId: 'avg', partition: 'train' }), arrays: someArrays(3, 1) },
  ]);
  expect(predictions.list({ runId: 'other' })).toEqual([]);
});

test('the same name replaces, another refit context stands beside', async () => {
  const { variants, predictions } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0)]);
  const final = { foldId: 'final', partition: 'test' } as const;
  const put = (changes: Parameters<typeof aPrediction>[0], n: number) =>
    predictions.put([{ record: aPrediction({ ...final, ...changes }), arrays: someArrays(n) }]);
  put({ refitContext: 'standalone' }, 3);
  put({ refitContext: 'stacking' }, 4);
  put({ refitContext: 'standalone' }, 5);
  put({ refitContext: 'standalone', branchPath: [1] }, 6);
  put({ refitContext: null }, 7);
  put({ refitContext: null }, 8); // null counts as a value here, not as "different from everything"
  const sizes = predictions
    .read({ runId: RUN_ID })
    .map(({ record, arrays }) => [record.refitContext, arrays.rows.length]);
  expect(sizes.sort()).toEqual([
    [null, 8],
    ['stacking', 4],
    ['standalone', 5],
    ['standalone', 6],
  ]);
});

test('arrays of unequal length are refused, and nothing of the batch is kept', async () => {
  const { variants, predictions } = await workspaceWithRun();
  variants.put(RUN_ID, [aVariant(0)]);
  const bad = { ...someArrays(3), predicted: new Float64Array(2) };
  expect(() =>
    predictions.put([
      { record: aPrediction(), arrays: someArrays() },
      { record: aPrediction({ foldId: 'fold_1' }), arrays: bad },
    ]),
  ).toThrow('unequal length');
  expect(predictions.list({ runId: RUN_ID })).toEqual([]);
});

test('flat rows at every level', async () => {
  const { variants, predictions, runs, results } = await workspaceWithRun();
  variants.put(RUN_ID, [
    aVariant(0),
    aVariant(1, { status: 'failed', problem: 'No rank.', meanScore: null, rmsecv: null }),
  ]);
  predictions.put([
    { record: aPrediction(), arrays: someArrays() },
    { record: aPrediction({ foldId: 'fold_1' }), arrays: someArrays() },
    { record: aPrediction({ foldId: 'fold_1', partition: 'train' }), arrays: someArrays() },
    {
      record: aPrediction({
        foldId: 'final',
        partition: 'test',
        refitContext: 'standalone',
        scores: someScores(2, 0.7),
      }),
      arrays: someArrays(2),
    },
  ]);
  const end = { status: 'completed', endedAt: '2026-11-22T04:00:00.000Z', result: aResult(), error: null } as const;
  runs.finish(RUN_ID, end);
  expect(results(RUN_ID, 'run')).toMatchObject([{ runId: RUN_ID, status: 'completed', rmsecv: 0.36, rmsep: 0.4 }]);
  expect(results(RUN_ID, 'variant')).toMatchObject([
    { variant: 0, meanScore: 1 },
    { variant: 1, status: 'failed', meanScore: null, problem: 'No rank.' },
  ]);
  expect(results(RUN_ID, 'model')).toMatchObject([
    { variant: 0, model: 'PLS', folds: 2, rmsecv: 1.1, nCv: 100, rmsep: 0.7, nTest: 2, rmsec: null },
  ]);
  expect(results(RUN_ID, 'fold').map((row) => [row['fold'], row['partition'], row['rmse']])).toEqual([
    ['fold_0', 'validation', 0.5],
    ['fold_1', 'train', 0.5],
    ['fold_1', 'validation', 0.5],
    ['final', 'test', 0.7],
  ]);
  for (const level of ['run', 'variant', 'model', 'fold'] as const) {
    const shapes = new Set(results(RUN_ID, level).map((row) => Object.keys(row).join()));
    expect(shapes.size).toBe(1); // one header fits all rows
  }
});
