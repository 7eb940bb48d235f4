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

  test.each(['KFold', 'LeaveOneOut'])('%s holds out every sample exactly once', (id) => {
    fc.assert(
      fc.property(samples, (n) => {
        expect(heldOut(id, {}, n).sort((a, b) => a - b)).toEqual(everyone(n));
      }),
    );
  });
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
