import { describe, expect, test } from 'vitest';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Range {
  rmsep_min: number;
  rmsep_max: number;
}
const { models, ranges } = golden('trees-tecator-fat.json') as {
  models: Record<string, { pred: number[] }>;
  ranges: Record<string, Range>;
};
const set = tecator();
const rows = (parts: readonly string[]) => [...set.split.keys()].filter((i) => parts.includes(set.split[i] ?? ''));
const [train, test_] = [rows(['C', 'M']), rows(['T'])];
const fat = set.target('fat');
const [y, expected] = [takeValues(fat, train), takeValues(fat, test_)];
const [known, fresh] = [takeRows(set.x, train), takeRows(set.x, test_)];

const predictions = (id: string, given: Record<string, unknown>, x = known, unknown_ = fresh): Float64Array => {
  const { operator, params } = modelCalled(id, given);
  return operator.predict(unknown_, operator.fit(x, y, params, fitContext(x)), params);
};

describe('nearest neighbours agree with scikit-learn on Tecator', () => {
  const scaler = transformCalled('StandardScaler');
  const state = scaler.fit(known);

  test.each([
    ['kNN(5)', {}, 1e-12],
    // scikit-learn takes distances from products there, which costs digits between nearly equal spectra.
    ['kNN(5,distance)', { weights: 'distance' }, 1e-6],
  ] as const)('%s', (name, given, rtol) => {
    const predicted = predictions('KNeighborsRegressor', given, scaler.apply(known, state), scaler.apply(fresh, state));
    expect(relativeError(predicted, Float64Array.from(models[name]?.pred ?? []))).toBeLessThan(rtol);
  });
});

// scikit-learn works on single precision spectra, and equal cuts of neighbouring channels are drawn at random, so that
// other seeds give other forests: the error must lie in the range of ten of its seeds, widened by 3 %.
test.each([
  ['RandomForest(200)', 'RandomForestRegressor', { n_estimators: 200 }],
  ['ExtraTrees(200)', 'ExtraTreesRegressor', { n_estimators: 200 }],
  ['GradientBoosting(200,0.1,depth3)', 'GradientBoostingRegressor', { n_estimators: 200, subsample: 0.8 }],
] as const)('%s is as accurate on Tecator as in scikit-learn', (name, id, given) => {
  const error = rmse(expected, predictions(id, { ...given, random_state: 0 }));
  const range = ranges[name] ?? { rmsep_min: NaN, rmsep_max: NaN };
  expect(error).toBeGreaterThan(range.rmsep_min * 0.97);
  expect(error).toBeLessThan(range.rmsep_max * 1.03);
});

// Deterministic there, but the order of the channels decides between equal cuts: twelve orders give the range.
test('histogram boosting is as accurate on Tecator as in scikit-learn', () => {
  const { histogramOrders } = golden('tree-models.json') as { histogramOrders: number[] };
  const error = rmse(expected, predictions('HistGradientBoostingRegressor', { max_iter: 200 }));
  expect(error).toBeGreaterThan(Math.min(...histogramOrders));
  expect(error).toBeLessThan(Math.max(...histogramOrders));
});
