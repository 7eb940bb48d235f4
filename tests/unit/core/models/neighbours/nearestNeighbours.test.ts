import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRows, matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const x = syntheticSpectra(30, 12, 5);
const y = syntheticTarget(x, 6);

function neighbours(id: 'KNeighborsRegressor' | 'KNeighborsClassifier', given: Record<string, unknown>, target = y) {
  const { operator, params } = modelCalled(id, given);
  const state = operator.fit(x, target, params, fitContext(x, { classCount: id.endsWith('Classifier') ? 3 : 0 }));
  return {
    predict: (of = x) => operator.predict(of, state, params),
    probabilities: (of = x) => operator.probabilities?.(of, state, params).data ?? new Float64Array(0),
  };
}

const metrics = ['euclidean', 'sqeuclidean', 'manhattan', 'chebyshev', 'cosine', 'minkowski'] as const;

test.each(metrics)('the nearest training sample of a training sample is itself: %s', (metric) => {
  expect(neighbours('KNeighborsRegressor', { n_neighbors: 1, metric, p: 4 }).predict()).toEqual(y);
  const weighted = neighbours('KNeighborsRegressor', { n_neighbors: 7, weights: 'distance', metric, p: 4 }).predict();
  // The cosine of a spectrum with itself is rounded; the others find the distance 0 and count nothing else.
  expect(relativeError(weighted, y)).toBeLessThan(metric === 'cosine' ? 1e-9 : 1e-15);
});

test('all training samples as neighbours give the mean of the target', () => {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const predicted = neighbours('KNeighborsRegressor', { n_neighbors: 30 }).predict();
  expect(relativeError(predicted, predicted.map(() => mean))).toBeLessThan(1e-14); // prettier-ignore
});

test('the order of the channels does not matter, and neither does the size of spectra to the cosine', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }), (order) => {
      const turned = matrix(30, 12, x.data.map((_, at) => x.data[at - (at % 12) + (order[at % 12] ?? 0)] ?? NaN)); // prettier-ignore
      const { operator, params } = modelCalled('KNeighborsRegressor', { n_neighbors: 3, metric: 'manhattan' });
      const state = operator.fit(turned, y, params, fitContext(turned));
      const straight = neighbours('KNeighborsRegressor', { n_neighbors: 3, metric: 'manhattan' }).predict();
      expect(relativeError(operator.predict(turned, state, params), straight)).toBeLessThan(1e-12);
    }),
  );
  const cosine = neighbours('KNeighborsRegressor', { n_neighbors: 4, metric: 'cosine' });
  expect(cosine.predict(matrix(30, 12, x.data.map((value) => 4 * value)))).toEqual(cosine.predict()); // prettier-ignore
});

test('of samples at the same distance the first in the training table is taken', () => {
  const line = fromRows([[0], [2], [4], [2]]);
  const { operator, params } = modelCalled('KNeighborsRegressor', { n_neighbors: 2 });
  const state = operator.fit(line, Float64Array.of(1, 10, 100, 1000), params, fitContext(line));
  expect([...operator.predict(fromRows([[1], [3]]), state, params)]).toEqual([5.5, 55]);
});

test('class probabilities are shares of the votes; equal votes go to the first class', () => {
  const line = fromRows([[0], [1], [2], [10]]);
  const { operator, params } = modelCalled('KNeighborsClassifier', { n_neighbors: 2 });
  const state = operator.fit(line, Float64Array.of(2, 0, 0, 1), params, fitContext(line, { classCount: 3 }));
  const fresh = fromRows([[0.4], [1.6]]);
  expect([...(operator.probabilities?.(fresh, state, params).data ?? [])]).toEqual([0.5, 0, 0.5, 1, 0, 0]);
  expect([...operator.predict(fresh, state, params)]).toEqual([0, 0]);
});

test('a spectrum with a missing value has no prediction', () => {
  const holed = matrix(1, 12, x.data.slice(0, 12).fill(NaN, 3, 4));
  expect(neighbours('KNeighborsRegressor', {}).predict(holed)[0]).toBeNaN();
  const codes = y.map((_, i) => i % 3);
  expect(neighbours('KNeighborsClassifier', {}, codes).predict(holed)[0]).toBe(-1);
  expect(neighbours('KNeighborsClassifier', {}, codes).probabilities(holed)[0]).toBeNaN();
});

test('a zero spectrum is at the cosine distance 1 of all others', () => {
  const rows = fromRows([[0, 0], [1, 2], [3, 1]]); // prettier-ignore
  const { operator, params } = modelCalled('KNeighborsRegressor', { n_neighbors: 3, metric: 'cosine', weights: 'distance' }); // prettier-ignore
  const state = operator.fit(rows, Float64Array.of(3, 6, 9), params, fitContext(rows));
  expect(operator.predict(fromRows([[0, 0]]), state, params)[0]).toBeCloseTo(6, 12);
});

test('more neighbours than training samples are refused', () => {
  expect(() => neighbours('KNeighborsRegressor', { n_neighbors: 31 })).toThrow(
    'KNeighborsRegressor needs at least 31 training samples, one for each neighbour, but there are only 30.',
  );
});
