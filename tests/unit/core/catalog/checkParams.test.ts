import { describe, expect, test } from 'vitest';
import { catalog } from '#core/catalog/operators.ts';
import { checkParams } from '#core/catalog/checkParams.ts';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';

test('fills in the defaults', () => {
  expect(checkParams(catalog.get('PLS'), { n_components: 7 })).toEqual({
    params: { n_components: 7, scale: true, max_iter: 500, tol: 1e-6, copy: true },
  });
});

test('takes the spellings of other readers where nothing else fits', () => {
  expect(checkParams(catalog.get('KFold'), { shuffle: 'yes', random_state: '4_2', n_splits: 4 })).toMatchObject({
    params: { shuffle: true, random_state: 42, n_splits: 4 },
  });
  expect(checkParams(catalog.get('KFold'), { shuffle: 'Off', random_state: 'None' })).toMatchObject({
    params: { shuffle: false, random_state: null },
  });
  // A text stays a text where a text is meant.
  expect(checkParams(catalog.get('PredefinedSplit'), { column: 'no' })).toMatchObject({ params: { column: 'no' } });
});

describe('says what is wrong in a phrase that continues the name of the parameter', () => {
  test.each([
    ['PLS', { n_components: 0 }, 'n_components must be at least 1 (found 0)'],
    ['PLS', { n_components: 2.5 }, 'n_components must be a whole number (found 2.5)'],
    ['PLS', { n_components: 'x' }, 'n_components must be a number (found "x")'],
    ['PLS', { scale: 1 }, 'scale must be true or false (found 1)'],
    [
      'SavitzkyGolay',
      { window_length: 4, polyorder: 2 },
      'window_length must be odd, so that the window has a middle channel (found 4)',
    ],
    [
      'SavitzkyGolay',
      { window_length: 3 },
      'polyorder must be smaller than the window, which has too few channels for this polynomial',
    ],
    ['SavitzkyGolay', { window_length: 503 }, 'window_length must be at most 501 (found 503)'],
    ['SavitzkyGolay', { delta: 0 }, 'delta must be more than 0 (found 0)'],
    [
      'SavitzkyGolay',
      { window: 5 },
      'window is not a parameter of SavitzkyGolay. It has window_length, polyorder, deriv, delta, copy.',
    ],
    ['SavitzkyGolay', { poly_order: 2 }, 'poly_order is not a parameter of SavitzkyGolay. Did you mean "polyorder"?'],
    ['RubberBand', { a: 1 }, 'a is not a parameter of RubberBand. It has none.'],
    ['VectorNormalization', { norm: 'l3' }, 'norm must be one of l2, l1, max (found "l3")'],
    ['MinMaxScaler', { feature_range: [1] }, 'feature_range must have at least 2 values (found [1])'],
    ['SVC', { gamma: 0 }, 'gamma must be more than 0 (found 0)'],
    ['SVC', { gamma: 'wide' }, 'gamma must be a number above 0, or scale, or auto (found "wide")'],
    [
      'RandomForestRegressor',
      { max_features: 'all' },
      'max_features must be a number above 0, or sqrt, or log2, or empty (found "all")',
    ],
    ['SelectKBest', { k: 0 }, 'k must be at least 1 (found 0)'],
    ['CutRegions', { regions: [[1, 2, 3]] }, 'regions must have at most 2 values (found [[1,2,3]])'],
    ['KennardStone', { metric: 'mahalanobis' }, 'pca_components must be given for the mahalanobis distance'],
  ])('%s %o', (id, params, sentence) => {
    const checked = checkParams(catalog.get(id), params);
    expect(
      'problems' in checked && checked.problems.map(({ parameter, problem }) => `${parameter} ${problem}`),
    ).toEqual([sentence]);
  });
});

test('the parser sees operators through the lookup', () => {
  const lookup = operatorLookup(catalog);
  expect(lookup.find('PLSRegression')).toMatchObject({
    id: 'PLS',
    kind: 'model',
    pathParam: 'n_components',
    stateful: false,
  });
  expect(lookup.find('MSC')).toMatchObject({ kind: 'transform', stateful: true, target: false, pathParam: null });
  expect(lookup.find('KFold')?.countFolds?.({ n_splits: 4 })).toBe(4);
  expect(lookup.find('nothing')).toBeUndefined();
  expect(lookup.nearest('KFolds')).toBe('KFold');
});
