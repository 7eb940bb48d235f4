import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { fitGaussianKernel } from '#core/models/kernel/fitGaussianKernel.ts';
import { logMarginalLikelihood } from '#core/models/kernel/logMarginalLikelihood.ts';
import { operatorBank } from '#core/models/latent/operatorBank.ts';
import { fromRows, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { squaredDistances } from '#core/numerics/squaredDistances.ts';
import { pooledRmsecv } from '#tests/support/crossValidation.ts';
import { golden, tecator } from '#tests/support/golden.ts';
import { fitContext, foldsOf, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

interface Reference {
  readonly pred: number[];
  readonly coef?: number[];
  readonly sweeps?: number;
  readonly supports?: number;
  readonly chosen?: number[];
  readonly likelihood?: number;
  readonly components?: number;
  readonly operator?: number;
  readonly scores?: number[][];
  readonly scores_test?: number[][];
}

const file = golden('regressors-tecator-fat.json') as { models: Record<string, Reference> };
const set = tecator();
const y = set.target('fat');
const rowsWhere = (keep: (label: string) => boolean): number[] =>
  set.split.flatMap((label, i) => (keep(label) ? [i] : []));
const train = rowsWhere((label) => label !== 'T');
const part = rowsWhere((label) => label === 'T');
const raw = { train: takeRows(set.x, train), test: takeRows(set.x, part) };
const scaler = transformCalled('StandardScaler');
const scaling = scaler.fit(raw.train);
const scaled = { train: scaler.apply(raw.train, scaling), test: scaler.apply(raw.test, scaling) };
const target = takeValues(y, train);

const reference = (name: string): Reference => {
  const found = file.models[name];
  if (!found) throw new Error(`No golden values for ${name}.`);
  return found;
};

function fitted(id: string, params: Record<string, unknown>, data = scaled) {
  const { operator, params: full } = modelCalled(id, params);
  const context = fitContext(data.train);
  const state = operator.fit(data.train, target, full, context);
  return { state, notices: context.notices, predicted: operator.predict(data.test, state, full), operator, full };
}

/** Prints the difference, so that it can be quoted, and holds it to the tolerance. */
function compare(label: string, actual: ArrayLike<number>, expected: ArrayLike<number>, rtol = 1e-8): void {
  const difference = relativeError(actual, expected);
  console.info(`${label}: largest relative difference ${difference.toExponential(1)}`);
  expect(difference, label).toBeLessThan(rtol);
}

const firstChannels = (x: Matrix, count: number): Matrix =>
  fromRows(Array.from({ length: x.rows }, (_, i) => [...x.data.subarray(i * x.cols, i * x.cols + count)]));
const channels = (count: number) => ({
  train: firstChannels(scaled.train, count),
  test: firstChannels(scaled.test, count),
});

describe('linear models agree with scikit-learn', () => {
  test('LinearRegression', () => {
    const { predicted } = fitted('LinearRegression', {}, channels(10));
    compare('LinearRegression', predicted, reference('LinearRegression, channels 0 to 9').pred);
  });
  test.each([
    ['Lasso(0.01)', 'Lasso', { alpha: 0.01, max_iter: 1e6, tol: 1e-12 }],
    ['ElasticNet(0.01,0.5)', 'ElasticNet', { alpha: 0.01, max_iter: 1e6, tol: 1e-12 }],
  ])('%s to the end', (name, id, params) => {
    compare(name, fitted(id, params).predicted, reference(name).pred, 1e-7);
  });
  // The same steps in the same order: where it stops early, it stops at the same coefficients.
  test.each([
    ['Lasso(0.1), default tolerance', 'Lasso', { alpha: 0.1 }],
    ['Lasso(0.1), random', 'Lasso', { alpha: 0.1, selection: 'random', random_state: 7 }],
    ['Lasso(0.1), positive', 'Lasso', { alpha: 0.1, positive: true }],
    ['Lasso(0.1), no intercept', 'Lasso', { alpha: 0.1, fit_intercept: false }],
    ['ElasticNet(0.5), default', 'ElasticNet', { alpha: 0.5 }],
  ])('%s', (name, id, params) => {
    const { predicted, state, operator, full, notices } = fitted(id, params);
    compare(name, predicted, reference(name).pred);
    compare(`${name}, coefficients`, operator.linear?.(state, full)?.coef ?? [], reference(name).coef ?? []);
    expect(notices.length > 0).toBe(reference(name).sweeps === 1000);
  });
});

describe('kernel models agree with scikit-learn', () => {
  // LIBSVM keeps its kernel values in single precision, so that its solution has 6 to 7 digits.
  test.each([
    ['SVR(rbf,C=10)', { C: 10, tol: 1e-8 }],
    ['SVR(rbf,C=100,eps=1,gamma=auto)', { C: 100, epsilon: 1, gamma: 'auto', tol: 1e-8 }],
    ['SVR(linear,C=1)', { kernel: 'linear', tol: 1e-8 }],
    ['SVR(poly 2)', { kernel: 'poly', degree: 2, coef0: 1, tol: 1e-8 }],
    ['SVR(sigmoid)', { kernel: 'sigmoid', gamma: 0.001, C: 10, tol: 1e-8 }],
  ])('%s', (name, params) => {
    compare(name, fitted('SVR', params).predicted, reference(name).pred, 1e-5);
  });
  test('SVR with its defaults, within its own tolerance', () => {
    compare('SVR()', fitted('SVR', {}).predicted, reference('SVR()').pred, 1e-3);
  });
  test.each([
    ['KernelRidge()', {}],
    ['KernelRidge(rbf)', { kernel: 'rbf', alpha: 0.1 }],
    ['KernelRidge(poly 2)', { kernel: 'poly', degree: 2 }],
    ['KernelRidge(sigmoid)', { kernel: 'sigmoid', gamma: 0.001 }],
  ])('%s', (name, params) => {
    compare(name, fitted('KernelRidge', params).predicted, reference(name).pred);
  });
  const fixed = { optimizer: null, normalize_y: true, length_scale: 10, alpha: 0.1 };
  test.each([
    ['GP(1*RBF(10)+White(0.1), fixed)', { ...fixed, kernel: 'rbf', noise_level: 0.1, alpha: 1e-10 }],
    ['GP(Matern(0.5), fixed)', { ...fixed, kernel: 'matern', nu: 0.5, constant_value: 2 }],
    ['GP(Matern(1.5), fixed)', { ...fixed, kernel: 'matern', nu: 1.5, constant_value: 2 }],
    ['GP(Matern(2.5), fixed)', { ...fixed, kernel: 'matern', nu: 2.5, constant_value: 2 }],
    ['GP(RQ, fixed)', { ...fixed, kernel: 'rational_quadratic', mixture: 0.5 }],
  ])('%s', (name, params) => {
    compare(name, fitted('GaussianProcess', params).predicted, reference(name).pred);
  });
  test('GP with its defaults', () => {
    // An added variance of 1e-10 leaves half of the digits to both.
    const { predicted } = fitted('GaussianProcess', {}, channels(4));
    compare('GP()', predicted, reference('GP default, channels 0 to 3').pred, 1e-3);
  });
  test.each(['rbf', 'matern', 'rational_quadratic'])('GP with a %s kernel that is learned', (kernel) => {
    const { predicted } = fitted('GaussianProcess', {
      kernel,
      length_scale: 10,
      noise_level: 0.1,
      normalize_y: true,
    });
    compare(`GP(${kernel}, learned)`, predicted, reference(`GP(${kernel}, learned)`).pred, 1e-3);
  });
  test.each([
    ['rbf', 'rbf'],
    ['matern', 'matern32'],
    ['rational_quadratic', 'rational_quadratic'],
  ] as const)('the %s kernel that is learned is as likely as that of scikit-learn', (name, kind) => {
    const squared = squaredDistances(scaled.train);
    const centre = mean(target);
    const deviation = Math.sqrt(mean(target.map((value) => (value - centre) ** 2)));
    const z = target.map((value) => (value - centre) / deviation);
    const start = { kind, constant: 1, lengthScale: 10, noise: 0.1, mixture: 1 };
    const search = { squared, y: z, alpha: 1e-10, restarts: 0, random: randomState(0) };
    const { kernel, settled } = fitGaussianKernel(start, search, neverCancelled);
    const likelihood = logMarginalLikelihood(squared, z, kernel, 1e-10).value;
    // For a large mixture the rational quadratic kernel is rbf: what scikit-learn finds beyond that is rounding of 1 + d².
    const theirs = reference(`GP(${name === 'matern' ? name : 'rbf'}, learned)`).likelihood ?? NaN;
    console.info(`${name}: log likelihood ${likelihood}, scikit-learn ${theirs}`);
    expect(settled).toBe(true);
    expect(likelihood).toBeGreaterThan(theirs - 1e-3);
  });
});

describe('kernel PLS agrees with scikit-learn on the features of the kernel', () => {
  const cases = (['rbf', 'poly'] as const).flatMap((kernel) => [1, 3, 8].map((n) => [kernel, n] as const));
  test.each(cases)('%s, %i components', (kernel, n) => {
    const params = { kernel, n_components: n, degree: 2, ...(kernel === 'rbf' ? { gamma: 0.01 } : {}) };
    const name = `KernelPLS(${kernel}), ${n}`;
    compare(name, fitted('KernelPLS', params).predicted, reference(name).pred);
    const matrix = fitted('KernelPLS', { ...params, algorithm: 'kernel_matrix' }).predicted;
    compare(`${name}, matrix`, matrix, reference(`${name}, matrix`).pred);
  });
});

describe('PLS models', () => {
  test.each(['forward', 'single', 'backward'])('IntervalPLS chooses as scikit-learn scores, %s', (mode) => {
    const scoring = mode === 'single' ? 'neg_root_mean_squared_error' : 'r2';
    const { predicted, state } = fitted('IntervalPLS', { n_components: 4, n_intervals: 12, mode, scoring }, raw);
    const expected = reference(`IntervalPLS(${mode})`);
    // 100 channels in 12 intervals: four of 9 channels, then eight of 8.
    const bounds = expected.chosen?.flatMap((k) => [k * 8 + Math.min(k, 4), (k + 1) * 8 + Math.min(k + 1, 4)]);
    expect([...(state['chosen'] as Int32Array)]).toEqual(bounds);
    compare(`IntervalPLS ${mode}`, predicted, expected.pred);
  });
  test('SIMPLS has the RMSECV of R, which loses digits beyond 10 components itself', () => {
    const { rmsecv } = golden('r-tecator-fat.json') as { rmsecv: { simpls: number[] } };
    const counts = rmsecv.simpls.map((_, k) => k + 1);
    const folds = foldsOf('KFold', { n_splits: 10 }, set.x);
    const ours = pooledRmsecv(modelCalled('SIMPLS', { scale: false }), set.x, y, folds, counts);
    compare('SIMPLS, 1 to 10 components', ours.slice(0, 10), rmsecv.simpls.slice(0, 10), 1e-8);
    compare('SIMPLS, 1 to 20 components', ours, rmsecv.simpls, 1e-4);
  });
  test('LWPLS with all components is weighted least squares', () => {
    const { scores = [], scores_test = [], pred } = reference('LWPLS, 5 scores, all components');
    const data = { train: fromRows(scores), test: fromRows(scores_test) };
    compare('LWPLS', fitted('LWPLS', { n_components: 5, lambda_in_similarity: 0.5 }, data).predicted, pred);
  });
  test.each([
    ['OPLS(1,True,1)', { n_components: 1 }],
    ['OPLS(3,True,2)', { n_components: 3, pls_components: 2 }],
    ['OPLS(4,False,1)', { n_components: 4, rescale: false }],
  ])('%s', (name, params) => {
    compare(name, fitted('OPLS', params, raw).predicted, reference(name).pred);
  });
  test('AOMPLS chooses the same of 100 pre-treatments and predicts the same', () => {
    const { predicted, state } = fitted('AOMPLS', { n_components: 12 }, raw);
    expect(state['components']).toBe(reference('AOMPLS(12)').components);
    expect(state['treatment']).toBe(operatorBank('default')[reference('AOMPLS(12)').operator ?? 0]?.name);
    compare('AOMPLS', predicted, reference('AOMPLS(12)').pred);
  });
});
