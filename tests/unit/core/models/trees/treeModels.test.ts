import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkParams } from '#core/catalog/checkParams.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';

const x = syntheticSpectra(40, 10, 8);
const y = syntheticTarget(x, 9);
const codes = y.map((_, i) => (i * 7) % 3);

function fitted(id: string, given: Record<string, unknown>, on: Matrix = x, target = y, seed = 0) {
  const { operator, params } = modelCalled(id, given);
  const classCount = operator.task === 'classification' ? 3 : 0;
  const state = operator.fit(on, target, params, fitContext(on, { classCount, seed }));
  return {
    state,
    predict: (of: Matrix = on) => operator.predict(of, state, params),
    probabilities: (of: Matrix = on) =>
      operator.probabilities?.(of, state, params) ?? matrix(0, 0, new Float64Array(0)),
  };
}

const regressors = [
  ['DecisionTreeRegressor', {}],
  ['RandomForestRegressor', { n_estimators: 8 }],
  ['GradientBoostingRegressor', { n_estimators: 8 }],
  ['HistGradientBoostingRegressor', { max_iter: 8, min_samples_leaf: 3 }],
] as const;
const classifiers = [
  ['DecisionTreeClassifier', {}],
  ['RandomForestClassifier', { n_estimators: 8 }],
  ['ExtraTreesClassifier', { n_estimators: 8 }],
  ['GradientBoostingClassifier', { n_estimators: 5 }],
  ['HistGradientBoostingClassifier', { max_iter: 5, min_samples_leaf: 3 }],
] as const;

test.each(regressors)('only the order of the values of a channel matters to %s', (id, given) => {
  const straight = fitted(id, given).predict();
  const powers = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(powers, (exponents) => {
      // Powers of two: exact, so that thresholds keep their places to the last bit.
      const scaled = matrix(40, 10, x.data.map((value, at) => value * 2 ** (exponents[at % 10] ?? 0))); // prettier-ignore
      expect(fitted(id, given, scaled).predict()).toEqual(straight);
    }),
    { numRuns: 10 },
  );
});

test.each([
  ['DecisionTreeRegressor', {}],
  ['RandomForestRegressor', { n_estimators: 8 }],
  ['ExtraTreesRegressor', { n_estimators: 8 }],
] as const)('%s never predicts outside the range of the training targets', (id, given) => {
  const model = fitted(id, given);
  fc.assert(
    fc.property(fc.nat(10000), (seed) => {
      const fresh = syntheticSpectra(5, 10, seed);
      const predicted = model.predict(matrix(5, 10, fresh.data.map((value) => 3 * value))); // prettier-ignore
      expect(Math.max(...predicted)).toBeLessThanOrEqual(Math.max(...y));
      expect(Math.min(...predicted)).toBeGreaterThanOrEqual(Math.min(...y));
    }),
    { numRuns: 20 },
  );
});

test('a tree without limits repeats its training samples', () => {
  expect(rmse(y, fitted('DecisionTreeRegressor', {}).predict())).toBeLessThan(1e-15);
  expect(fitted('ExtraTreesRegressor', { n_estimators: 3 }).predict()[0]).toBeCloseTo(y[0] ?? NaN, 12);
  expect(fitted('DecisionTreeClassifier', {}, x, codes).predict()).toEqual(codes);
});

test('every round of boosting lowers the training error', () => {
  const errors = [1, 5, 20, 60].map((n_estimators) => rmse(y, fitted('GradientBoostingRegressor', { n_estimators }).predict())); // prettier-ignore
  expect(errors).toEqual(errors.toSorted((a, b) => b - a));
  expect(errors[3]).toBeLessThan(0.1 * (errors[0] ?? 0));
});

describe('limits', () => {
  const leaves = (given: Record<string, unknown>) =>
    (fitted('DecisionTreeRegressor', given).state as { trees: { values: Float64Array } }).trees.values.length;

  test('of depth, leaves and samples are kept', () => {
    expect(leaves({ max_depth: 1 })).toBe(2);
    expect(leaves({ max_depth: 3 })).toBeLessThanOrEqual(8);
    expect(leaves({ max_leaf_nodes: 6 })).toBe(6);
    expect(leaves({ min_samples_leaf: 8 })).toBeLessThanOrEqual(5);
    expect(leaves({ min_samples_leaf: 0.2 })).toBe(leaves({ min_samples_leaf: 8 }));
    expect(leaves({ min_samples_split: 41 })).toBe(1);
    expect(leaves({ min_samples_split: 1 })).toBe(2);
    expect(leaves({ min_impurity_decrease: 1e9 })).toBe(1);
  });

  test('that make no sense are refused', () => {
    const { operator } = modelCalled('RandomForestRegressor');
    for (const params of [
      { max_features: 1.5 },
      { max_features: 'all' },
      { min_samples_split: 1.5 },
      { ccp_alpha: 0.1 },
    ])
      expect(checkParams(operator, params)).toHaveProperty('problems');
    for (const params of [
      { max_features: 0.3 },
      { max_features: 'log2' },
      { max_features: null },
      { min_samples_split: 0.5 },
    ])
      expect(checkParams(operator, params)).toHaveProperty('params');
  });
});

test.each([...regressors, ...classifiers])('%s cannot predict what it cannot see', (id, given) => {
  const holed = matrix(1, 10, new Float64Array(10).fill(NaN));
  const regression = id.endsWith('Regressor');
  const model = fitted(id, given, x, regression ? y : codes);
  expect(model.predict(holed)[0]).toBe(regression ? NaN : -1);
});

test.each(classifiers)('%s gives a class without training samples the probability 0', (id, given) => {
  for (const [missing, target] of [
    [1, y.map((_, i) => (i % 2) * 2)],
    [0, y.map((_, i) => 1 + (i % 2))],
  ] as const) {
    const { data, cols } = fitted(id, given, x, target).probabilities();
    expect(cols).toBe(3);
    expect(data.filter((_, at) => at % 3 === missing).every((p) => p === 0)).toBe(true);
  }
  const alone = fitted(id, given, x, y.map(() => 2)); // prettier-ignore
  expect([...alone.probabilities().data.slice(0, 3)]).toEqual([0, 0, 1]);
});

test('a forest without a seed takes that of the run, and the seed decides', () => {
  const unseeded = fitted('RandomForestRegressor', { n_estimators: 5 }, x, y, 7).predict();
  expect(unseeded).toEqual(fitted('RandomForestRegressor', { n_estimators: 5, random_state: 7 }).predict());
  expect(unseeded).not.toEqual(fitted('RandomForestRegressor', { n_estimators: 5, random_state: 8 }).predict());
});

test('balanced weights make a small class as likely as a large one where they overlap', () => {
  const flat = matrix(
    40,
    1,
    new Float64Array(40).map((_, i) => i % 2),
  );
  const rare = Float64Array.from({ length: 40 }, (_, i) => (i < 8 ? 1 : 0));
  const share = (class_weight: 'balanced' | null) =>
    fitted('DecisionTreeClassifier', { class_weight }, flat, rare).probabilities().data[1];
  expect(share(null)).toBeCloseTo(0.2, 12);
  expect(share('balanced')).toBeCloseTo(0.5, 12);
});

describe('early stopping of histogram boosting', () => {
  const rounds = (given: Record<string, unknown>, id = 'HistGradientBoostingRegressor', target = y) =>
    (fitted(id, { min_samples_leaf: 3, ...given }, x, target).state as { trees: { roots: Int32Array } }).trees.roots
      .length;

  test('is off for small tables, and stops when it is on', () => {
    expect(rounds({ max_iter: 150 })).toBe(150);
    expect(rounds({ max_iter: 150, early_stopping: true, n_iter_no_change: 3 })).toBeLessThan(150);
    expect(rounds({ max_iter: 150, early_stopping: true, n_iter_no_change: 3, validation_fraction: null, tol: 1 })).toBe(3); // prettier-ignore
    // Three trees a round for three classes.
    expect(
      rounds({ max_iter: 100, early_stopping: true, n_iter_no_change: 2 }, 'HistGradientBoostingClassifier', codes) % 3,
    ).toBe(0);
  });
});

test('the exponential loss is for two classes', () => {
  expect(() => fitted('GradientBoostingClassifier', { loss: 'exponential' }, x, codes)).toThrow(
    expect.objectContaining({ code: 'numerics.parameter' }),
  );
});
