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
  'ShuffleSplit(4,default test_size,42)': ['ShuffleSplit', { n_splits: 4, random_state: 42 }],
  'ShuffleSplit(3,0.25,42)': ['ShuffleSplit', { n_splits: 3, test_size: 0.25, random_state: 42 }],
};

describe('the same validation samples, fold by fold and in the same order, as scikit-learn', () => {
  const { cases } = golden('folds.json') as { cases: Case[] };
  test.each(cases)('$splitter of $n samples', ({ splitter, n, test: expected }) => {
    const call = calls[splitter];
    if (!call) throw new Error(`${splitter} is not translated.`);
    expect(foldsOf(call[0], call[1], zeros(n, 1)).map(({ validation }) => [...validation])).toEqual(expected);
  });
});
