import { describe, expect, test } from 'vitest';
import { models } from '#core/catalog/operators.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import { lengthened, shortened } from '#core/numerics/networks/meanSquares.ts';
import { denseShape } from '#core/numerics/networks/networkShape.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const N = 300;
const { source, targets } = syntheticSpectra(N, 40, 7);
const x = standardiseColumns(source.x, columnMeans(source.x), columnDeviations(source.x, columnMeans(source.x), 0));
const y = standardised(targets[0]?.values ?? new Float64Array(N));
const codes = y.map((value) => (value > 0.4 ? 2 : value > -0.4 ? 1 : 0));
/** Four of five rows, as a fold has them. */
const fold = Int32Array.from({ length: N }, (_, i) => i).filter((i) => i % 5 !== 0);

const QUICK: Readonly<Record<string, Record<string, unknown>>> = {
  MLPRegressor: { hidden_layer_sizes: [12], learning_rate_init: 0.01, batch_size: 20, max_iter: 60, tol: 0 },
  CNN1DRegressor: { max_iter: 40, early_stopping: false, tol: 0 },
  SGDRegressor: { tol: null, max_iter: 100 },
  MLPClassifier: { hidden_layer_sizes: [12], learning_rate_init: 0.01, batch_size: 20, max_iter: 60, tol: 0 },
  CNN1DClassifier: { max_iter: 40, early_stopping: false, tol: 0 },
  SGDClassifier: { loss: 'log_loss', alpha: 0.01, tol: null, max_iter: 100 },
  GradientBoostingRegressor: { n_estimators: 60 },
  GradientBoostingClassifier: { n_estimators: 30 },
};

describe.each(Object.entries(QUICK))('%s', (id, given) => {
  const { operator, params } = modelCalled(id, { ...given, random_state: 1 });
  const target = operator.task === 'regression' ? y : codes;
  const classes = { classCount: operator.task === 'regression' ? 0 : 3 };
  const foldState = operator.fit(takeRows(x, fold), takeValues(target, fold), params, fitContext(x, classes));
  const cold = operator.fit(x, target, params, fitContext(x, classes));
  const losses = (state: typeof cold): Float64Array =>
    operator.lossCurve?.(state, params).training ?? Float64Array.of();

  test("a warm start reaches the cold start's final loss in at most half the epochs", () => {
    const warm = operator.fit(x, target, params, fitContext(x, { ...classes, warmStart: foldState }));
    const aim = losses(cold).at(-1) ?? NaN;
    const reached = losses(warm).findIndex((loss) => loss <= aim * (1 + 1e-9)) + 1;
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThanOrEqual(losses(cold).length / 2);
  });

  test('reports every round as it stands in the loss curve', () => {
    const context = fitContext(x, classes);
    const state = operator.fit(x, target, params, context);
    expect(context.rounds.map(({ epoch }) => epoch)).toEqual(Array.from(losses(state), (_, k) => k + 1));
    expect(context.rounds.map(({ loss }) => loss)).toEqual([...losses(state)]);
    expect((losses(state).at(-1) ?? NaN) < (losses(state)[0] ?? NaN)).toBe(true);
  });

  test('a state that does not fit is named in a notice, and training starts from the beginning', () => {
    const narrow = takeColumns(30);
    const other = operator.fit(narrow, target, params, fitContext(narrow, classes));
    const context = fitContext(x, { ...classes, warmStart: other });
    const state = operator.fit(x, target, params, context);
    expect(context.notices.join()).toContain('starts from the beginning');
    expect(losses(state)).toEqual(losses(cold));
    if (operator.task === 'regression') return;
    const two = operator.fit(x, target.map((code) => Math.min(code, 1)), params, fitContext(x, { classCount: 2 })); // prettier-ignore
    const again = fitContext(x, { ...classes, warmStart: two });
    expect(losses(operator.fit(x, target, params, again))).toEqual(losses(cold));
    expect(again.notices.join()).toContain('starts from the beginning');
  });

  test('the same seed gives the same model, another seed another', () => {
    const again = operator.fit(x, target, params, fitContext(x, classes));
    expect(losses(again)).toEqual(losses(cold));
    if (id.startsWith('Gradient')) return; // nothing is drawn without subsample and max_features
    const other = modelCalled(id, { ...given, random_state: 2 });
    expect(losses(operator.fit(x, target, other.params, fitContext(x, classes)))).not.toEqual(losses(cold));
  });
});

test('these are all models that go on from a fold', () => {
  expect(models.flatMap(({ id, warmStarts }) => (warmStarts === true ? [id] : [])).sort()).toEqual(
    Object.keys(QUICK).sort(),
  );
});

test.each(['MLPRegressor', 'CNN1DRegressor', 'SGDRegressor', 'HistGradientBoostingRegressor'])(
  '%s stops early on a part of its own rows, whose loss it tells',
  (id) => {
    const params = { early_stopping: true, ...(id.startsWith('Hist') ? { min_samples_leaf: 3 } : {}) };
    const called = modelCalled(id, params);
    const context = fitContext(x);
    const state = called.operator.fit(x, y, called.params, context);
    const curve = called.operator.lossCurve?.(state, called.params);
    expect(curve?.validation).toHaveLength(curve?.training.length ?? NaN);
    expect(context.rounds.map(({ validationLoss }) => validationLoss)).toEqual([...(curve?.validation ?? [])]);
  },
);

test('MLPRegressor keeps the weights of the best epoch', () => {
  const { operator, params } = modelCalled('MLPRegressor', { early_stopping: true, learning_rate_init: 0.05 });
  const context = fitContext(x);
  operator.fit(x, y, params, context);
  const best = Math.min(...context.rounds.map(({ validationLoss }) => validationLoss ?? NaN));
  const at = context.rounds.findIndex(({ validationLoss }) => validationLoss === best) + 1;
  expect(at).toBeLessThan(context.rounds.length);
  const until = modelCalled('MLPRegressor', { early_stopping: true, learning_rate_init: 0.05, max_iter: at });
  const stopped = operator.fit(x, y, until.params, fitContext(x));
  expect(operator.predict(x, stopped, params)).toEqual(operator.predict(x, operator.fit(x, y, params, fitContext(x)), params)); // prettier-ignore
});

test('MLPRegressor refuses lbfgs with a sentence, and steps that leave all bounds', () => {
  const { operator } = modelCalled('MLPRegressor');
  expect(operator.params.safeParse({ solver: 'lbfgs' }).error?.issues[0]?.message).toContain('lbfgs is not offered');
  const wild = modelCalled('MLPRegressor', { solver: 'sgd', learning_rate_init: 50, activation: 'identity' });
  expect(() => operator.fit(x, y, wild.params, fitContext(x))).toThrow(/without bound/);
});

test('CNN1DRegressor finds the planted height of a band that shifts, and takes one size for all convolutions', () => {
  const { operator, params } = modelCalled('CNN1DRegressor', { filters: [4, 8], kernel_sizes: 5, strides: 2 });
  const spectra = takeRows(
    x,
    Int32Array.from({ length: N }, (_, i) => i),
  );
  const heights = y.map((_, i) => Math.sin(i * 1.7));
  for (let i = 0; i < N; i++)
    for (let j = 0; j < x.cols; j++)
      spectra.data[i * x.cols + j] = (heights[i] ?? NaN) * Math.exp(-(((j - 20 - 3 * Math.cos(i * 2.3)) / 4) ** 2));
  const state = operator.fit(spectra, heights, params, fitContext(x));
  const predicted = operator.predict(spectra, state, params);
  const error = Math.sqrt(predicted.reduce((sum, value, i) => sum + (value - (heights[i] ?? NaN)) ** 2, 0) / N);
  expect(error).toBeLessThan(0.1);
  expect(() => operator.fit(x, y, { ...params, filters: [4, 8, 8], strides: [2, 2] }, fitContext(x))).toThrow(
    /strides/,
  );
});

test('CNN1DClassifier tells classes by the planted place of a band, whatever its height', () => {
  const { operator, params } = modelCalled('CNN1DClassifier', { random_state: 4 });
  const bands = { rows: N, cols: 60, data: new Float64Array(N * 60) };
  const place = Float64Array.from({ length: N }, (_, i) => (i * 7) % 3);
  place.forEach((code, i) => {
    for (let j = 0; j < 60; j++)
      bands.data[i * 60 + j] =
        (1.5 + Math.sin(i)) * Math.exp(-(((j - 15 - 14 * code - 3 * Math.cos(i * 2.3)) / 5) ** 2));
  });
  const learned = fold;
  const state = operator.fit(takeRows(bands, learned), takeValues(place, learned), params, fitContext(bands, { classCount: 3 })); // prettier-ignore
  const unseen = Int32Array.from({ length: N / 5 }, (_, k) => 5 * k);
  expect(operator.predict(takeRows(bands, unseen), state, params)).toEqual(takeValues(place, unseen));
  expect(operator.lossCurve?.(state, params).validation?.at(-1)).toBeLessThan(0.1);
});

test('a convolutional warm start keeps the standardisation of its weights', () => {
  const { operator, params } = modelCalled('CNN1DRegressor', { max_iter: 3 });
  const state = operator.fit(takeRows(x, fold), takeValues(y, fold), params, fitContext(x));
  const warm = operator.fit(x, y, params, fitContext(x, { warmStart: state }));
  expect(relativeError(warm['means'] as Float64Array, state['means'] as Float64Array)).toBe(0);
});

test('mean squared gradients survive their short form where they are products, and their means always', () => {
  const shape = denseShape([5, 4, 2]);
  const rank1 = Float64Array.from({ length: 34 }, (_, i) => {
    if (i < 20) return (1 + Math.floor(i / 5)) * (2 + (i % 5));
    if (i < 24) return i;
    return i < 32 ? (1 + Math.floor((i - 24) / 4)) * (3 + (i % 4)) : i;
  });
  expect(relativeError(lengthened(shape, shortened(shape, rank1)), rank1)).toBeLessThan(1e-14);
  const any = Float64Array.from({ length: 34 }, (_, i) => 1 + Math.sin(i) ** 2);
  expect(relativeError(shortened(shape, lengthened(shape, shortened(shape, any))), shortened(shape, any))).toBeLessThan(1e-13); // prettier-ignore
});

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / spread);
}

function takeColumns(count: number) {
  const data = new Float64Array(N * count);
  for (let i = 0; i < N; i++) data.set(x.data.subarray(i * x.cols, i * x.cols + count), i * count);
  return { rows: N, cols: count, data };
}
