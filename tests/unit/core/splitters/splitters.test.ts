import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zeros } from '#core/numerics/matrix.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { foldsOf } from '#tests/support/operators.ts';

const refused = (text: string): unknown =>
  expect.objectContaining({ code: 'numerics.parameter', message: expect.stringContaining(text) as unknown });

describe('ShuffleSplit sizes follow scikit-learn', () => {
  // Sizes from sklearn.model_selection._split._validate_shuffle_split.
  test.each([
    [{}, 10, 9, 1],
    [{}, 23, 20, 3],
    [{ test_size: 0.25 }, 23, 17, 6],
    [{ train_size: 0.5 }, 23, 11, 12],
    [{ train_size: 5 }, 23, 5, 18],
    [{ test_size: 4, train_size: 0.5 }, 23, 11, 4],
    [{ test_size: 22 }, 23, 1, 22],
  ])('%o of %i samples: %i and %i', (params, n, train, validation) => {
    const [fold] = foldsOf('ShuffleSplit', params, zeros(n, 1));
    expect([fold?.train.length, fold?.validation.length]).toEqual([train, validation]);
  });
  test('parts that do not fit are refused', () => {
    expect(() => foldsOf('ShuffleSplit', { test_size: 23 }, zeros(23, 1))).toThrow(refused('test_size'));
    expect(() => foldsOf('ShuffleSplit', { test_size: 12, train_size: 12 }, zeros(23, 1))).toThrow(
      refused('train_size'),
    );
  });
});

test('an empty seed is seed 0, so that a repeated run gives the same folds', () => {
  const folds = (random_state: number | null) =>
    foldsOf('KFold', { shuffle: true, random_state }, zeros(23, 1)).map(({ validation }) => [...validation]);
  expect(folds(null)).toEqual(folds(0));
  expect(folds(null)).not.toEqual(folds(1));
});

test('KFold refuses more folds than samples', () => {
  expect(() => foldsOf('KFold', { n_splits: 5 }, zeros(4, 1))).toThrow(
    'KFold needs at least 5 training samples, but there are only 4.',
  );
});

test('LeaveOneOut holds out each sample once', () => {
  const folds = foldsOf('LeaveOneOut', {}, zeros(7, 1));
  expect(folds.map(({ validation }) => [...validation])).toEqual([[0], [1], [2], [3], [4], [5], [6]]);
  expect(folds.every(({ train }) => train.length === 6)).toBe(true);
});

describe('PredefinedSplit', () => {
  test('fold numbers in ascending order; −1 always trains (scikit-learn’s example)', () => {
    const folds = foldsOf('PredefinedSplit', { test_fold: [0, 1, -1, 1] }, zeros(4, 1));
    expect(folds.map(({ train, validation }) => [[...train], [...validation]])).toEqual([
      [[1, 2, 3], [0]],
      [
        [0, 2],
        [1, 3],
      ],
    ]);
  });
  test('a metadata column, one fold for each value in order of appearance', () => {
    const folds = foldsOf('PredefinedSplit', { column: 'year' }, zeros(5, 1), {
      year: ['2021', '2019', '', '2021', '2019'],
    });
    expect(folds.map(({ validation }) => [...validation])).toEqual([[0, 3], [1, 4]]); // prettier-ignore
    expect([...(folds[0]?.train ?? [])]).toContain(2);
  });
  test('what it cannot use is refused, with the columns that exist', () => {
    const x = zeros(3, 1);
    expect(() => foldsOf('PredefinedSplit', {}, x)).toThrow(refused('metadata column'));
    expect(() => foldsOf('PredefinedSplit', { test_fold: [0, 1] }, x)).toThrow(
      refused('has 2 fold numbers, but there are 3'),
    );
    expect(() => foldsOf('PredefinedSplit', { column: 'site' }, x, { year: ['a', 'b', 'c'] })).toThrow(
      refused('It has year.'),
    );
    expect(() => foldsOf('PredefinedSplit', { column: 'year' }, x, { year: ['a', 'a', 'a'] })).toThrow(
      refused('at least two folds'),
    );
  });
});

describe('KennardStone', () => {
  const x = syntheticSpectra(40, 30, 6);
  test('one fold, with the validation part rounded up', () => {
    const folds = foldsOf('KennardStone', { test_size: 0.26 }, x);
    expect(folds).toHaveLength(1);
    expect(folds[0]?.validation).toHaveLength(11);
    expect(folds[0]?.train).toHaveLength(29);
  });
  test('all components measure the same distances as all channels', () => {
    const plain = foldsOf('KennardStone', {}, x);
    expect(foldsOf('KennardStone', { pca_components: 30 }, x)).toEqual(plain);
  });
  test('with mahalanobis, the scale of a component does not count', () => {
    const folds = foldsOf('KennardStone', { pca_components: 3, metric: 'mahalanobis' }, x);
    expect(folds).not.toEqual(foldsOf('KennardStone', { pca_components: 3 }, x));
  });
});

describe('for any number of samples', () => {
  const samples = fc.integer({ min: 6, max: 60 });
  const heldOut = (id: string, params: Record<string, unknown>, n: number): number[] =>
    foldsOf(id, params, syntheticSpectra(n, 4, n)).flatMap(({ validation }) => [...validation]);
  const everyone = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

  test.each(['KFold', 'LeaveOneOut', 'StratifiedKFold', 'VenetianBlinds', 'ContiguousBlocks', 'SPXYFold', 'SPXYGFold'])(
    '%s holds out every sample exactly once',
    (id) => {
      fc.assert(
        fc.property(samples, (n) => {
          expect(heldOut(id, {}, n).sort((a, b) => a - b)).toEqual(everyone(n));
        }),
      );
    },
  );
  test('PredefinedSplit holds out exactly the samples that have a fold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 4, maxLength: 30 }), (folds) => {
        const test_fold = [0, 1, ...folds];
        const expected = everyone(test_fold.length).filter((i) => (test_fold[i] ?? -1) >= 0);
        expect(heldOut('PredefinedSplit', { test_fold }, test_fold.length).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
  test('KennardStone chooses the same samples from shifted and stretched spectra', () => {
    fc.assert(
      fc.property(samples, (n) => {
        const x = syntheticSpectra(n, 12, n);
        const moved = { ...x, data: x.data.map((value) => 4 * value + 3) };
        expect(foldsOf('KennardStone', {}, moved)).toEqual(foldsOf('KennardStone', {}, x));
      }),
    );
  });
});

describe('folds by the place in the file', () => {
  const validation = (id: string, params: Record<string, unknown>, n: number): number[][] =>
    foldsOf(id, params, zeros(n, 1)).map((fold) => [...fold.validation]);
  test('VenetianBlinds takes every k-th sample, or run of samples', () => {
    expect(validation('VenetianBlinds', { n_splits: 3 }, 8)).toEqual([[0, 3, 6], [1, 4, 7], [2, 5]]); // prettier-ignore
    expect(validation('VenetianBlinds', { n_splits: 2, thickness: 3 }, 8)).toEqual([[0, 1, 2, 6, 7], [3, 4, 5]]); // prettier-ignore
    expect(() => validation('VenetianBlinds', { n_splits: 3, thickness: 4 }, 8)).toThrow('at least 9 training samples');
  });
  test('ContiguousBlocks are the folds of KFold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 9, max: 60 }), (n_splits, n) => {
        expect(validation('ContiguousBlocks', { n_splits }, n)).toEqual(validation('KFold', { n_splits }, n));
      }),
    );
  });
  test('TimeSeriesSplit never trains on what comes later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 3 }), (n_splits, gap) => {
        for (const { train, validation: held } of foldsOf('TimeSeriesSplit', { n_splits, gap }, zeros(40, 1)))
          expect(Math.max(...train) + gap).toBeLessThan(Math.min(...held));
      }),
    );
    expect(() => foldsOf('TimeSeriesSplit', { n_splits: 3, test_size: 5 }, zeros(12, 1))).toThrow(
      refused('leave no sample to train'),
    );
  });
  test('LeavePOut counts its folds, and refuses too many', () => {
    expect(foldsOf('LeavePOut', { p: 3 }, zeros(7, 1))).toHaveLength(35);
    expect(() => foldsOf('LeavePOut', { p: 6 }, zeros(60, 1))).toThrow(refused('gives 5.0e+7 folds'));
    expect(() => foldsOf('LeavePOut', { p: 3 }, zeros(3, 1))).toThrow('at least 4 training samples');
  });
});

describe('groups', () => {
  const x = zeros(12, 1);
  const groups = ['10', '9', '9', '10', '', '', '8', '8', '10', '9', '8', '8'];
  const validation = (labels: readonly string[]): number[][] =>
    foldsOf('LeaveOneGroupOut', {}, x, {}, { groups: labels }).map((fold) => [...fold.validation]);
  test('are sorted by value when all are numbers, else by character; samples without one stay together', () => {
    const numbers = groups.map((label) => label || '11');
    expect(validation(numbers)).toEqual([[6, 7, 10, 11], [1, 2, 9], [0, 3, 8], [4, 5]]); // prettier-ignore
    expect(validation(groups)).toEqual([[4, 5], [0, 3, 8], [6, 7, 10, 11], [1, 2, 9]]); // prettier-ignore
  });
  test('must be given, and must be enough', () => {
    expect(() => foldsOf('GroupKFold', {}, x)).toThrow(refused('group is not given. Name the metadata column'));
    expect(() => foldsOf('GroupKFold', {}, x, {}, { groups })).toThrow(
      'GroupKFold needs at least 5 groups of training samples, but there are only 4.',
    );
    expect(() => foldsOf('GroupShuffleSplit', { test_size: 4 }, x, {}, { groups })).toThrow(
      refused('asks for 0 training and 4 validation groups, but there are 4'),
    );
  });
  test('never lie in both parts, whatever their sizes', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 12, maxLength: 60 });
    const ids = ['GroupKFold', 'StratifiedGroupKFold', 'GroupShuffleSplit', 'LeavePGroupsOut', 'SPXYGFold'];
    fc.assert(
      fc.property(labels, fc.constantFrom(...ids), (drawn, id) => {
        const named = [...drawn, 0, 1, 2, 3, 4, 5, 6, 7, 8].map(String);
        const spectra = syntheticSpectra(named.length, 5, named.length);
        const target = { y: Float64Array.from(named, (_, i) => i % 2), classCount: 2, groups: named };
        for (const { train, validation: held } of foldsOf(id, {}, spectra, {}, target)) {
          const trained = new Set(Array.from(train, (row) => named[row]));
          expect(Array.from(held, (row) => named[row]).filter((label) => trained.has(label))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('stratified splits of a numeric target', () => {
  const rows = Array.from({ length: 50 }, (_, i) => i);
  const folds = (id: string, y: number[], params: Record<string, unknown> = {}) =>
    foldsOf(id, params, zeros(y.length, 1), {}, { y: Float64Array.from(y) });
  test('spread its quantiles: every fold has a sample of each tenth', () => {
    const y = rows.map((i) => Math.sin(i * i) * 10);
    const rank = y.map((value) => y.filter((other) => other < value).length);
    for (const { validation } of folds('StratifiedKFold', y))
      expect(new Set(Array.from(validation, (row) => Math.floor((rank[row] ?? NaN) / 5))).size).toBe(10);
  });
  test('take whole numbers that occur often enough as classes', () => {
    const y = rows.map((i) => i % 4);
    const classes = foldsOf('StratifiedKFold', {}, zeros(50, 1), {}, { y: Float64Array.from(y), classCount: 4 });
    expect(folds('StratifiedKFold', y)).toEqual(classes);
  });
  test('shuffle the bins of a shuffle split', () => {
    const y = rows.map((i) => i + 0.5);
    for (const { validation } of folds('StratifiedShuffleSplit', y, { test_size: 10, random_state: 3 }))
      expect([...new Set(Array.from(validation, (row) => Math.floor(row / 5)))]).toHaveLength(10);
  });
  test('classes that are too small are refused as in scikit-learn', () => {
    const target = (codes: number[]) => ({ y: Float64Array.from(codes), classCount: 3 });
    expect(() => foldsOf('StratifiedKFold', {}, zeros(6, 1), {}, target([0, 0, 1, 1, 2, 2]))).toThrow(
      refused('n_splits is 5, but the largest class has only 2 training samples'),
    );
    expect(() => foldsOf('StratifiedShuffleSplit', {}, zeros(6, 1), {}, target([0, 0, 1, 1, 1, 2]))).toThrow(
      refused('has a class with a single training sample'),
    );
    expect(() => foldsOf('StratifiedShuffleSplit', {}, zeros(6, 1), {}, target([0, 0, 1, 1, 2, 2]))).toThrow(
      refused('leaves 1 samples for 3 classes'),
    );
  });
});

test('distances of all pairs are not kept for sets that are too large', () => {
  expect(() => foldsOf('SPXY', {}, zeros(16_001, 1))).toThrow(refused('at most 16000'));
});
