import { describe, expect, test } from 'vitest';
import type { FoldScores } from '#core/contract/results.ts';
import type { RunSummary, Scores } from '#core/contract/runTypes.ts';
import { treeCells } from '#renderer/views/results/treeCells.ts';
import { branchKey, foldNumber, modelKey, runKey, treeRows, variantKey } from '#renderer/views/results/treeRows.ts';
import type { TreeRow } from '#renderer/views/results/treeRows.ts';
import { scoresWith } from '#tests/support/scores.ts';
import { summary } from '#tests/unit/renderer/views/runs/runEvents.ts';

const RUN = '20260101T000000.000Z-abcd';
const run = {
  id: RUN,
  name: 'Fat',
  status: 'completed',
  target: 'fat',
  result: {
    baseModels: [],
    metric: 'rmse',
    rmsecv: 0.51,
    cvBestScore: 0.5,
    task: 'regression',
    refits: [],
    train: null,
    test: null,
    cvBest: { params: { n_components: 2 } },
    nTrain: 6,
    rmsec: 0.3,
    rmsep: null,
    nTest: 0,
  },
} as unknown as RunSummary; // the tree reads these fields only
const scores = (rmse: number, n: number): Scores => scoresWith({ n, rmse, r2: 0.9, bias: -0.02 });
const folds: FoldScores[] = [
  { fold: 'fold_10', partition: 'validation', model: 'PLS', scores: scores(0.7, 3) },
  { fold: 'fold_2', partition: 'validation', model: 'PLS', scores: scores(0.5, 3) },
  { fold: 'fold_2', partition: 'train', model: 'PLS', scores: scores(0.1, 3) },
  { fold: 'final', partition: 'train', model: 'PLS', scores: scores(0.3, 6) },
];
const open = (...keys: string[]) => new Set(keys);
const loaded = new Map([
  [
    RUN,
    {
      total: 3,
      rows: new Map([
        [0, summary(1, { selected: true })],
        [2, summary(0)],
      ]),
      failed: null,
    },
  ],
]);
const kinds = (rows: readonly TreeRow[]) => rows.map(({ kind, level }) => `${level} ${kind}`);

test('a closed tree has the runs only', () => {
  expect(kinds(treeRows({ runs: [run], variants: new Map(), folds: new Map(), expanded: open() }))).toEqual(['1 run']);
});

test('holds a place for what is not here yet', () => {
  const rows = treeRows({
    runs: [run],
    variants: loaded,
    folds: new Map(),
    expanded: open(runKey(RUN), variantKey(RUN, 1)),
  });
  expect(kinds(rows)).toEqual(['1 run', '2 variant', '3 waiting', '2 waiting', '2 variant']);
  expect(rows[2]).toMatchObject({ variant: 1 });
  expect(rows[3]).toMatchObject({ variant: null, from: 1 });
});

test('says that no variant passes the filter', () => {
  const none = new Map([[RUN, { total: 0, rows: new Map(), failed: null }]]);
  expect(kinds(treeRows({ runs: [run], variants: none, folds: new Map(), expanded: open(runKey(RUN)) }))).toEqual([
    '1 run',
    '2 none',
  ]);
});

test('opens down to the folds, in the order of their numbers, the refit last', () => {
  const expanded = open(runKey(RUN), variantKey(RUN, 1), modelKey(RUN, 1, 'PLS'));
  const rows = treeRows({ runs: [run], variants: loaded, folds: new Map([[variantKey(RUN, 1), folds]]), expanded });
  expect(kinds(rows).slice(1, 6)).toEqual(['2 variant', '3 model', '4 fold', '4 fold', '4 refit']);
  expect(rows.slice(3, 5).map((row) => row.kind === 'fold' && row.fold.fold)).toEqual(['fold_2', 'fold_10']);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  expect(rows[3]).toMatchObject({ position: 1, siblings: 3 });
});

test('cross-validation and final figures never stand in the same cell', () => {
  const expanded = open(runKey(RUN), variantKey(RUN, 1), modelKey(RUN, 1, 'PLS'));
  const rows = treeRows({ runs: [run], variants: loaded, folds: new Map([[variantKey(RUN, 1), folds]]), expanded });
  const fold = treeCells(rows[3]);
  expect(fold).toMatchObject({ rmsecv: '0.500', bias: '-0.0200', n: '3', rmsec: '', rmsep: '' });
  const refit = treeCells(rows[5]);
  expect(refit).toMatchObject({ rmsecv: '', rmsec: '0.300', rmsep: '' });
  const other = treeCells(rows.at(-1) ?? rows[0]);
  expect(other).toMatchObject({ rmsecv: '0.510', score: '0.500', se: '0.0500', lv: '1', rmsec: '', rmsep: '' });
});

test('a variant that failed says so instead of a number', () => {
  const row = {
    kind: 'variant',
    key: 'x',
    level: 2,
    run,
    expanded: false,
    position: 1,
    siblings: 1,
    rank: 1,
    summary: summary(4, { status: 'failed', rmsecv: null }),
  } as const;
  expect(treeCells(row)).toMatchObject({ rmsecv: 'failed', lv: '5', r2: '' });
});

test('averages come after all folds', () => {
  expect(foldNumber('fold_3')).toBe(3);
  expect(foldNumber('w_avg')).toBe(Number.POSITIVE_INFINITY);
});

const classes = {
  ...run,
  result: {
    ...run.result,
    task: 'classification',
    metric: 'accuracy',
    rmsecv: null,
    rmsec: null,
    cvBestScore: 0.9,
    cv: scoresWith({ n: 60, balancedAccuracy: 0.875, accuracy: 0.9, f1Macro: 0.88, mcc: 0.8 }),
    refits: [
      {
        variant: 1,
        train: scoresWith({ n: 60, balancedAccuracy: 1 }),
        test: scoresWith({ n: 20, balancedAccuracy: 0.95 }),
      },
      { variant: 0, train: scoresWith({ n: 60, balancedAccuracy: 0.9 }), test: null },
    ],
    train: scoresWith({ n: 60, balancedAccuracy: 1 }),
    test: scoresWith({ n: 20, balancedAccuracy: 0.95 }),
  },
} as unknown as RunSummary; // the tree reads these fields only

test('a classification has its own figures, and errors of calibration nowhere', () => {
  const [row] = treeRows({ runs: [classes], variants: new Map(), folds: new Map(), expanded: open() });
  expect(treeCells(row)).toMatchObject({
    balanced: '0.875',
    score: '0.900',
    accuracy: '0.900',
    f1: '0.880',
    mcc: '0.800',
    train: '1.000',
    test: '0.950',
    nTest: '20',
    rmsecv: '',
    rmsec: '',
    rmsep: '',
  });
});

test('every refitted variant shows its own final figures, any other none', () => {
  const rows = treeRows({ runs: [classes], variants: loaded, folds: new Map(), expanded: open(runKey(RUN)) });
  const finals = rows.filter(({ kind }) => kind === 'variant').map((row) => treeCells(row));
  expect(finals.map(({ train, test }) => [train, test])).toEqual([
    ['1.000', '0.950'],
    ['0.900', ''],
  ]);
});

test('averages of the folds are named as such and follow the folds', () => {
  const averaged: FoldScores[] = [
    { fold: 'avg', partition: 'validation', model: 'PLS', scores: scores(0.55, 6) },
    ...folds,
    { fold: 'w_avg', partition: 'validation', model: 'PLS', scores: scores(0.54, 6) },
  ];
  const expanded = open(runKey(RUN), variantKey(RUN, 1), modelKey(RUN, 1, 'PLS'));
  const rows = treeRows({ runs: [run], variants: loaded, folds: new Map([[variantKey(RUN, 1), averaged]]), expanded });
  const names = rows.flatMap((row) => (row.kind === 'fold' ? [row.fold.fold] : []));
  expect(names).toEqual(['fold_2', 'fold_10', 'avg', 'w_avg']);
});

describe('a stack', () => {
  const base = (variant: number, branchPath: string[]) =>
    summary(variant, { base: true, branchPath, label: `branch ${branchPath.join(' › ')} · PLS` });
  const used = (variant: number) => ({ variant, rmsep: 0.7, contribution: 0.4, weight: 0.5 });
  const stack = {
    ...run,
    result: { ...run.result, variants: 2, baseModels: [used(2), used(3)] },
  } as unknown as RunSummary; // the tree reads these fields only
  const variants = new Map([
    [
      RUN,
      {
        total: 2,
        rows: new Map([
          [0, summary(0, { selected: true })],
          [1, summary(1)],
        ]),
        failed: null,
      },
    ],
  ]);
  const bases = new Map([[RUN, [base(2, ['A']), base(3, ['B']), base(4, ['A'])]]]);
  const rowsWith = (...keys: string[]) =>
    treeRows({
      runs: [stack],
      variants,
      bases,
      folds: new Map([
        [variantKey(RUN, 0), folds],
        [variantKey(RUN, 1), folds],
        [variantKey(RUN, 2), folds],
      ]),
      expanded: open(runKey(RUN), ...keys),
    });

  test('opens to its branches and base models; what it does not use stands at the end of the run', () => {
    const rows = rowsWith(variantKey(RUN, 0), variantKey(RUN, 1), `${RUN}#bases`);
    expect(kinds(rows)).toEqual([
      '1 run',
      '2 variant',
      '3 model',
      '3 branch',
      '4 base',
      '3 branch',
      '4 base',
      '2 variant',
      '3 model',
      '2 bases',
      '3 branch',
      '4 base',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(rows.filter(({ kind }) => kind === 'base').map((row) => 'used' in row && row.used?.variant)).toEqual([
      2,
      3,
      undefined,
    ]);
  });

  test('a branch can be closed, and a base model opens to its folds', () => {
    const rows = rowsWith(variantKey(RUN, 0), branchKey(RUN, 'deployed', ['B']), variantKey(RUN, 2));
    expect(kinds(rows).slice(3, 9)).toEqual(['3 branch', '4 base', '5 fold', '5 fold', '5 refit', '3 branch']);
  });

  test('a base model has its own figures; its test error is known before its folds are', () => {
    const rows = rowsWith(variantKey(RUN, 0)).filter(({ kind }) => kind === 'base');
    expect(treeCells(rows[0])).toMatchObject({ rmsecv: '0.510', rmsec: '0.300', rmsep: '0.700' });
    expect(treeCells(rows[1])).toMatchObject({ rmsec: '', rmsep: '0.700' });
  });
});
