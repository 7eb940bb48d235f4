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
    comparePls(
      'tecator fat',
      x,
      y,
      scale,
      (golden('pls-tecator-fat.json') as PlsFile)[scale ? 'scale_true' : 'scale_false'],
    );
  });

  test.each([
    ['PLS', false, 'kernelpls'],
    ['PLS', true, 'kernelpls_scaled'],
    ['PCR', false, 'svdpc'],
    ['PCR', true, 'svdpc_scaled'],
  ])('%s, scale %s, has the RMSECV of R pls (%s)', (id, scale, method) => {
    const { rmsecv } = golden('r-tecator-fat.json') as { rmsecv: Record<string, number[]> };
    compareRmsecv(
      `tecator fat ${id} scale ${scale} against R ${method}`,
      modelCalled(id, { scale }),
      x,
      y,
      rmsecv[method] ?? [],
    );
  });

  test('Ridge agrees with scikit-learn for alpha 1e-4 to 10, raw and autoscaled', () => {
    compareRidge('tecator fat', x, y, (golden('ridge-tecator-fat.json') as { alphas: RidgeGolden }).alphas);
  });

  test.each([
    ['Ridge(1)', 'Ridge', { alpha: 1 }],
    ['Ridge(1e-3)', 'Ridge', { alpha: 1e-3 }],
    ['PCR(10)', 'PCR', { n_components: 10 }],
  ])('%s fitted on the autoscaled training part predicts the test part as scikit-learn', (name, id, params) => {
    const expected = (
      golden('models-tecator-fat.json') as {
        models: Record<string, { pred: number[]; rmsep: number; coef?: number[] }>;
      }
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
    if (expected.coef)
      report(
        `tecator fat ${name} coefficients`,
        relativeError(operator.linear?.(fitted, full)?.coef ?? [], expected.coef),
      );
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
  const corn = ['moisture', 'oil', 'protein', 'starch'].map((name) => [
    `corn_m5_${name}`,
    'corn/X_m5.csv',
    'corn/Y.csv',
    name,
  ]);
  const sets = [['gasoline_octane', 'gasoline/X.csv', 'gasoline/Y.csv', 'octane'], ...corn] as [
    string,
    string,
    string,
    string,
  ][];

  describe.each(sets)('%s', (name, xFile, yFile, target) => {
    const set = referenceSet(referenceData(xFile), referenceData(yFile));
    const y = set.target(target);
    test.each([false, true])('PLS, scale %s, agrees with scikit-learn for 1 to 20 components', (scale) => {
      const file = referenceGolden(`pls_${name}.json`) as PlsFile;
      comparePls(name, set.x, y, scale, file[scale ? 'scale_true' : 'scale_false']);
    });
    test.each([false, true])('PCR, scale %s, has the RMSECV of R pls', (scale) => {
      const r = referenceGolden('r_pls.json') as Record<string, Record<string, { rmsecv: number[] }>>;
      const expected = r[name]?.[scale ? 'svdpc_scaled' : 'svdpc']?.rmsecv ?? [];
      compareRmsecv(`${name} PCR scale ${scale} against R`, modelCalled('PCR', { scale }), set.x, y, expected);
    });
    test('Ridge agrees with scikit-learn for alpha 1e-4 to 10, raw and autoscaled', () => {
      compareRidge(name, set.x, y, (referenceGolden('ridge.json') as Record<string, RidgeGolden>)[name]);
    });
  });
});

function comparePls(name: string, x: Matrix, y: Float64Array, scale: boolean, expected: PlsGolden): void {
  const model = modelCalled('PLS', { scale });
  const { operator, params } = model;
  const context = fitContext(x);
  const states = operator.path?.fit(x, y, params, COMPONENTS, context) ?? [];
  const models = Object.entries(expected.models).map(([a, values]) => {
    const state = states[Number(a) - 1];
    const linear = state && operator.linear?.(state, params);
    if (!state || !linear) throw new Error(`No PLS model of ${a} components.`);
    return { values, linear, predicted: operator.predict(x, state, params) };
  });
  const label = `${name} PLS scale ${scale}, ${Object.keys(expected.models).join(', ')} components`;
  report(`${label}: coefficients`, ...models.map(({ values, linear }) => relativeError(linear.coef, values.coef)));
  report(
    `${label}: intercepts`,
    ...models.map(({ values, linear }) => relativeError([linear.intercept], [values.intercept])),
  );
  report(
    `${label}: predictions`,
    ...models.map(({ values, predicted }) => relativeError(predicted, values.predictions)),
  );
  expect(context.notices).toEqual([]);
  compareRmsecv(`${name} PLS scale ${scale}`, model, x, y, expected.rmsecv);
}

function compareRmsecv(
  label: string,
  model: ReturnType<typeof modelCalled>,
  x: Matrix,
  y: Float64Array,
  expected: number[],
): void {
  const folds = foldsOf('KFold', { n_splits: 10 }, x);
  report(
    `${label}: RMSECV, 1 to 20 components`,
    largestRelativeError(pooledRmsecv(model, x, y, folds, COMPONENTS), expected),
  );
}

function compareRidge(name: string, x: Matrix, y: Float64Array, expected: RidgeGolden | undefined): void {
  if (!expected) throw new Error(`No Ridge values for ${name}.`);
  const folds = foldsOf('KFold', { n_splits: 10 }, x);
  const autoscale = (train: Matrix, other: Matrix): Matrix => {
    const scaler = transformCalled('StandardScaler');
    return scaler.apply(other, scaler.fit(train));
  };
  const cases = Object.entries(expected).map(([alpha, values]) => {
    const model = modelCalled('Ridge', { alpha: Number(alpha) });
    const state = model.operator.fit(x, y, model.params, fitContext(x));
    const linear = model.operator.linear?.(state, model.params);
    return { model, values, coef: linear?.coef ?? [], intercept: linear?.intercept ?? NaN };
  });
  const label = `${name} Ridge, alpha ${Object.keys(expected).join(', ')}`;
  report(`${label}: coefficients`, ...cases.map(({ coef, values }) => relativeError(coef, values.coef)));
  report(
    `${label}: intercepts`,
    ...cases.map(({ intercept, values }) => relativeError([intercept], [values.intercept])),
  );
  const cv = (model: (typeof cases)[number]['model'], prepare?: typeof autoscale): number[] =>
    pooledRmsecv(model, x, y, folds, [], prepare);
  report(`${label}: RMSECV`, ...cases.map(({ model, values }) => relativeError(cv(model), [values.rmsecv])));
  report(
    `${label}, autoscaled: RMSECV`,
    ...cases.map(({ model, values }) => relativeError(cv(model, autoscale), [values.rmsecv_autoscaled])),
  );
}

/** Prints the largest difference, so that it can be quoted, and holds it to the tolerance. */
function report(label: string, ...differences: number[]): void {
  const largest = Math.max(...differences);
  console.info(`${label}: largest relative difference ${largest.toExponential(1)}`);
  expect(largest, label).toBeLessThan(RTOL);
}
