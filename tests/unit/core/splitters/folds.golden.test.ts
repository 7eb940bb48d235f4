import { describe, expect, test } from 'vitest';
import { zeros } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';
import { foldsOf } from '#tests/support/operators.ts';

interface Case {
  splitter: string;
  n: number;
  test: number[][];
}

/** The scikit-learn calls of the golden file, in our spelling. */
const calls: Record<string, [string, Record<string, unknown>]> = {
  'KFold(5)': ['KFold', {}],
  'KFold(5,shuffle,42)': ['KFold', { shuffle: true, random_state: 42 }],
  'KFold(3,shuffle,0)': ['KFold', { n_splits: 3, shuffle: true, random_state: 0 }],
  'RepeatedKFold(5,3,42)': ['RepeatedKFold', { n_repeats: 3, random_state: 42 }],
  'StratifiedKFold(3)': ['StratifiedKFold', { n_splits: 3 }],
  'StratifiedKFold(3,shuffle,42)': ['StratifiedKFold', { n_splits: 3, shuffle: true, random_state: 42 }],
  'RepeatedStratifiedKFold(3,2,42)': ['RepeatedStratifiedKFold', { n_splits: 3, n_repeats: 2, random_state: 42 }],
  'ShuffleSplit(4,default test_size,42)': ['ShuffleSplit', { n_splits: 4, random_state: 42 }],
  'ShuffleSplit(3,0.25,42)': ['ShuffleSplit', { n_splits: 3, test_size: 0.25, random_state: 42 }],
  'StratifiedShuffleSplit(3,0.3,42)': ['StratifiedShuffleSplit', { n_splits: 3, test_size: 0.3, random_state: 42 }],
  'GroupKFold(3)': ['GroupKFold', { n_splits: 3 }],
  'StratifiedGroupKFold(3)': ['StratifiedGroupKFold', { n_splits: 3 }],
  'StratifiedGroupKFold(3,shuffle,42)': ['StratifiedGroupKFold', { n_splits: 3, shuffle: true, random_state: 42 }],
  'GroupShuffleSplit(3,0.3,42)': ['GroupShuffleSplit', { n_splits: 3, test_size: 0.3, random_state: 42 }],
  LeaveOneGroupOut: ['LeaveOneGroupOut', {}],
  'TimeSeriesSplit(4)': ['TimeSeriesSplit', { n_splits: 4 }],
};

describe('the same validation samples, fold by fold and in the same order, as scikit-learn', () => {
  const { cases } = golden('folds.json') as { cases: Case[] };
  test.each(cases)('$splitter of $n samples', ({ splitter, n, test: expected }) => {
    const call = calls[splitter];
    if (!call) throw new Error(`${splitter} is not translated.`);
    const rows = Array.from({ length: n }, (_, i) => i);
    const target = { y: Float64Array.from(rows, (i) => i % 3), classCount: 3, groups: rows.map((i) => String(i % 7)) };
    const folds = foldsOf(call[0], call[1], zeros(n, 1), {}, target);
    expect(folds.map(({ validation }) => [...validation])).toEqual(expected);
  });
});

interface RandomCase {
  splitter: string;
  params: Record<string, unknown>;
  y: number[];
  groups: number[];
  folds: [number[], number[]][] | null;
}

describe('the same training and validation samples as scikit-learn on random classes and groups', () => {
  const { cases } = golden('splitters.json') as { cases: RandomCase[] };
  const named = cases.map((entry, i): [string, RandomCase] => [
    `${entry.splitter} ${JSON.stringify(entry.params)} #${i}`,
    entry,
  ]);
  test.each(named)('%s', (_, { splitter, params, y, groups, folds }) => {
    const target = { y: Float64Array.from(y), classCount: Math.max(...y) + 1, groups: groups.map(String) };
    const ours = () => foldsOf(splitter, params, zeros(y.length, 1), {}, target);
    if (folds === null) expect(ours).toThrow(expect.objectContaining({ name: 'EngineError' }));
    else expect(ours().map(({ train, validation }) => [[...train], [...validation]])).toEqual(folds);
  });
});

test('GroupKFold shuffles like scikit-learn 1.6', () => {
  const { groupKFoldShuffled } = golden('splitters.json') as {
    groupKFoldShuffled: { groups: number[]; folds: number[][] };
  };
  const { groups, folds } = groupKFoldShuffled;
  const params = { n_splits: 4, shuffle: true, random_state: 11 };
  const ours = foldsOf('GroupKFold', params, zeros(groups.length, 1), {}, { groups: groups.map(String) });
  expect(ours.map(({ validation }) => [...validation])).toEqual(folds);
});
