import { describe, expect, test } from 'vitest';
import type { Matrix } from '#core/numerics/matrix.ts';
import { takeRows, takeValues } from '#core/numerics/matrix.ts';
import { rmse } from '#core/metrics/regressionMetrics.ts';
import { pooledRmsecv } from '#tests/support/crossValidation.ts';
import { golden, referenceGolden, referenceSet, tecator } from '#tests/support/golden.ts';
import { fitContext, foldsOf, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';
import { largestRelativeError, relativeError } from '#tests/support/tolerance.ts';

const RTOL = 1e-8;
const COMPONENTS = Array.from({ length: 20 }, (_, i) => i + 1);

interface PlsGolden {
  rmsecv: number[];
  models: Record<string, { intercept: number; coef: number[]; predictions: number[] }>;
}
type PlsFile = Record<'scale_false' | 'scale_true', PlsGolden>;
type RidgeGolden = Record<string, { intercept: number; coef: number[]; rmsecv: number; rmsecv_autoscaled: number }>;

describe('Tecator fat', () => {
  const set = tecator();
  const { x } = set;
  const y = set.target('fat');

  test.each([false, true])('PLS, scale %s, agrees with scikit-learn for 1 to 20 components', (scale) => {
    comparePls('tecator fat', x, y, scale, golden<PlsFile>('pls-tecator-fat.json')[scale ? 'scale_true' : 'scale_false']);
  });

  test.each([
    ['PLS', false, 'kernelpls'],
    ['PLS', true, 'kernelpls_scaled'],
    ['PCR', false, 'svdpc'],
    ['PCR', true, 'svdpc_scaled'],
  ])('%s, scale %s, has the RMSECV of R pls (%s)', (id, scale, method) => {
    const { rmsecv } = golden<{ rmsecv: Record<string, number[]> }>('r-tecator-fat.json');
    compareRmsecv(`tecator fat ${id} scale ${scale} against R ${method}`, modelCalled(id, { scale }), x, y, rmsecv[method] ?? []);
  });

  test('Ridge agrees with scikit-learn for alpha 1e-4 to 10, raw and autoscaled', () => {
    compareRidge('tecator fat', x, y, golden<{ alphas: RidgeGolden }>('ridge-tecator-fat.json').alphas);
  });

  test.each([
    ['Ridge(1)', 'Ridge', { alpha: 1 }],
    ['Ridge(1e-3)', 'Ridge', { alpha: 1e-3 }],
    ['PCR(10)', 'PCR', { n_components: 10 }],
  ])('%s fitted on the autoscaled training part predicts the test part as scikit-learn', (name, id, params) => {
    const expected = golden<{ models: Record<string, { pred: number[]; rmsep: number; coef?: number[] }> }>(
      'models-tecator-fat.json',
    ).models[name];
    if (!expected) throw new Error(`No golden values for ${name}.`);
    const rows = (test: boolean): number[] => set.split.flatMap((label, i) => ((label === 'T') === test ? [i] : []));
    const scaler = transformCalled('StandardScaler');
    const state = scaler.fit(takeRows(x, rows(false)));
    const train = scaler.apply(takeRows(x, rows(false)), state);
    const { operator, params: full } = modelCalled(id, params);
    const fitted = operator.fit(train, takeValues(y, rows(false)), full, fitContext(train));
    const predicted = operator.predict(scaler.apply(takeRows(x, rows(true)), state), fitted, full);
    report(`tecator fat ${name} test predictions`, relativeError(predicted, expected.pred));
    report(`tecator fat ${name} RMSEP`, relativeError([rmse(takeValues(y, rows(true)), predicted)], [expected.rmsep]));
    if (expected.coef) report(`tecator fat ${name} coefficients`, relativeError(operator.linear?.(fitted, full).coef ?? [], expected.coef));
  });
});

describe('gasoline and corn', () => {
  if (!hasReferenceData()) {
    test('the reference data are not there, so gasoline and corn are not compared', () => {
      console.warn('Reference data missing: set REFRACT_REFERENCE_DATA to compare gasoline and corn.');
      expect(hasReferenceData()).toBe(false);
    });
    return;
  }
  const corn = ['moisture', 'oil', 'protein', 'starch'].map((name) => [`corn_m5_${name}`, 'corn/X_m5.csv', 'corn/Y.csv', name]);
  const sets = [['gasoline_octane', 'gasoline/X.csv', 'gasoline/Y.csv', 'octane'], ...corn] as [string, string, string, string][];

  describe.each(sets)('%s', (name, xFile, yFile, target) => {
    const set = referenceSet(referenceData(xFile), referenceData(yFile));
    const y = set.target(target);
    test.each([false, true])('PLS, scale %s, agrees with scikit-learn for 1 to 20 components', (scale) => {
      const file = referenceGolden<PlsFile>(`pls_${name}.json`);
      comparePls(name, set.x, y, scale, file[scale ? 'scale_true' : 'scale_false']);
    });
    test.each([false, true])('PCR, scale %s, has the RMSECV of R pls', (scale) => {
      const r = referenceGolden<Record<string, Record<string, { rmsecv: number[] }>>>('r_pls.json');
      const expected = r[name]?.[scale ? 'svdpc_scaled' : 'svdpc']?.rmsecv ?? [];
      compareRmsecv(`${name} PCR scale ${scale} against R`, modelCalled('PCR', { scale }), set.x, y, expected);
    });
    test('Ridge agrees with scikit-learn for alpha 1e-4 to 10, raw and autoscaled', () => {
      compareRidge(name, set.x, y, referenceGolden<Record<string, RidgeGolden>>('ridge.json')[name]);
    });
  });
});

function comparePls(name: string, x: Matrix, y: Float64Array, scale: boolean, expected: PlsGolden): void {
  const model = modelCalled('PLS', { scale });
  const { operator, params } = model;
  const context = fitContext(x);
  const states = operator.path?.fit(x, y, params, COMPONENTS, context) ?? [];
  for (const [a, { coef, intercept, predictions }] of Object.entries(expected.models)) {
    const state = states[Number(a) - 1];
    const linear = state && operator.linear?.(state, params);
    if (!state || !linear) throw new Error(`No PLS model of ${a} components.`);
    report(`${name} PLS scale ${scale}, ${a} components: coefficients`, relativeError(linear.coef, coef));
    report(`${name} PLS scale ${scale}, ${a} components: intercept`, relativeError([linear.intercept], [intercept]));
    report(`${name} PLS scale ${scale}, ${a} components: predictions`, relativeError(operator.predict(x, state, params), predictions));
  }
  expect(context.notices).toEqual([]);
  compareRmsecv(`${name} PLS scale ${scale}`, model, x, y, expected.rmsecv);
}

function compareRmsecv(label: string, model: ReturnType<typeof modelCalled>, x: Matrix, y: Float64Array, expected: number[]): void {
  const folds = foldsOf('KFold', { n_splits: 10 }, x);
  report(`${label}: RMSECV, 1 to 20 components`, largestRelativeError(pooledRmsecv(model, x, y, folds, COMPONENTS), expected));
}

function compareRidge(name: string, x: Matrix, y: Float64Array, expected: RidgeGolden | undefined): void {
  if (!expected) throw new Error(`No Ridge values for ${name}.`);
  const folds = foldsOf('KFold', { n_splits: 10 }, x);
  const autoscale = (train: Matrix, other: Matrix): Matrix => {
    const scaler = transformCalled('StandardScaler');
    return scaler.apply(other, scaler.fit(train));
  };
  for (const [alpha, { coef, intercept, rmsecv, rmsecv_autoscaled }] of Object.entries(expected)) {
    const model = modelCalled('Ridge', { alpha: Number(alpha) });
    const state = model.operator.fit(x, y, model.params, fitContext(x));
    const linear = model.operator.linear?.(state, model.params);
    report(`${name} Ridge alpha ${alpha}: coefficients`, relativeError(linear?.coef ?? [], coef));
    report(`${name} Ridge alpha ${alpha}: intercept`, relativeError([linear?.intercept ?? NaN], [intercept]));
    report(`${name} Ridge alpha ${alpha}: RMSECV`, relativeError(pooledRmsecv(model, x, y, folds), [rmsecv]));
    report(
      `${name} Ridge alpha ${alpha}, autoscaled: RMSECV`,
      relativeError(pooledRmsecv(model, x, y, folds, [], autoscale), [rmsecv_autoscaled]),
    );
  }
}

/** Prints a difference, so that it can be quoted, and holds it to the tolerance. */
function report(label: string, difference: number): void {
  console.info(`${label}: largest relative difference ${difference.toExponential(1)}`);
  expect(difference, label).toBeLessThan(RTOL);
}
