import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowOf, takeRows, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { threeClasses } from '#tests/contracts/classifier.contract.ts';
import { gain, offset } from '#tests/support/arbitraries.ts';
import { fitContext, modelCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

function fitted(id: string, given: Record<string, unknown>, x: Matrix, y: Float64Array, classCount = 3) {
  const { operator, params } = modelCalled(id, given);
  const context = fitContext(x, { y, classCount });
  const state = operator.fit(x, y, params, context);
  return {
    notices: context.notices,
    predict: (of: Matrix) => operator.predict(of, state, params),
    probabilities: (of: Matrix) => operator.probabilities?.(of, state, params)?.data ?? new Float64Array(0),
  };
}

const { x, y } = threeClasses(60, 15);
const { x: fresh } = threeClasses(40, 77);
const DISCRIMINANT = ['PLSDA', 'OPLSDA', 'LDA', 'QDA', 'LogisticRegression', 'RidgeClassifier', 'SVC', 'GaussianNB'];
const ALL = [...DISCRIMINANT, 'SIMCA', 'DDSIMCA'];
/** A fit is not cheap. */
const few = { numRuns: 8 };

describe.each(ALL)('%s', (id) => {
  test('does not care how the classes are numbered', () => {
    fc.assert(
      fc.property(fc.constantFrom([1, 2, 0], [2, 1, 0], [0, 2, 1], [1, 0, 2]), (order) => {
        const renamed = fitted(id, {}, x, y.map((code) => order[code] ?? NaN)); // prettier-ignore
        const expected = fitted(id, {}, x, y).predict(fresh);
        expect(renamed.predict(fresh)).toEqual(expected.map((code) => (code === -1 ? -1 : (order[code] ?? NaN))));
      }),
      few,
    );
  });

  /** SVC stops at a tolerance, the others do not. */
  const exact = id === 'SVC' ? { tol: 1e-9 } : {};

  test('answers none for a spectrum with a missing value, and leaves the others alone', () => {
    const holed = { ...fresh, data: fresh.data.slice() };
    holed.data[fresh.cols + 3] = NaN;
    const expected = fitted(id, {}, x, y).predict(fresh).map((code, i) => (i === 1 ? -1 : code)); // prettier-ignore
    expect(fitted(id, {}, x, y).predict(holed)).toEqual(expected);
  });

  test('does not care in which order the samples come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...y.keys()], { minLength: y.length }), (order) => {
        const shuffled = fitted(id, exact, takeRows(x, order), takeValues(y, order));
        const expected = fitted(id, exact, x, y);
        expect(shuffled.predict(fresh)).toEqual(expected.predict(fresh));
        expect(relativeError(shuffled.probabilities(fresh), expected.probabilities(fresh))).toBeLessThan(1e-6);
      }),
      few,
    );
  });
});

test.each(['PLSDA', 'OPLSDA', 'LDA', 'QDA', 'SVC', 'SIMCA', 'DDSIMCA'])(
  '%s does not care about gain and offset of all spectra',
  (id) => {
    fc.assert(
      fc.property(gain(), offset(), (a, b) => {
        const moved = (m: Matrix): Matrix => ({ ...m, data: m.data.map((value) => a * value + b) });
        expect(fitted(id, {}, moved(x), y).predict(moved(fresh))).toEqual(fitted(id, {}, x, y).predict(fresh));
      }),
      few,
    );
  },
);

test('with all components and without scaling, two classes: PLS-DA draws the border of least squares, as Ridge without penalty', () => {
  const two = y.map((code) => Math.min(code, 1));
  const pls = fitted('PLSDA', { n_components: 10, scale: false }, x, two, 2);
  expect(pls.predict(fresh)).toEqual(fitted('RidgeClassifier', { alpha: 0 }, x, two, 2).predict(fresh));
});

test('removing orthogonal components changes the model of OPLS-DA, not what all components predict', () => {
  const all = { n_components: 0, pls_components: 10, scale: false, rescale: false };
  const removed = fitted('OPLSDA', { ...all, n_components: 3 }, x, y).probabilities(fresh);
  expect(
    relativeError(removed, fitted('PLSDA', { n_components: 10, scale: false }, x, y).probabilities(fresh)),
  ).toBeLessThan(1e-8);
});

test('without a penalty, logistic regression of separable classes says that there is no best model', () => {
  const { notices, predict } = fitted('LogisticRegression', { penalty: null }, x, y);
  expect(predict(x)).toEqual(y);
  expect(notices.every((notice) => notice.includes('penalty'))).toBe(true);
});

test('SVC with calibrated probabilities predicts as without them', () => {
  const plain = fitted('SVC', { C: 10 }, x, y);
  const calibrated = fitted('SVC', { C: 10, probability: true }, x, y);
  expect(calibrated.predict(fresh)).toEqual(plain.predict(fresh));
  expect(calibrated.probabilities(fresh)).not.toEqual(plain.probabilities(fresh));
});

describe('class models', () => {
  test.each(['SIMCA', 'DDSIMCA'])('%s answers none for spectra unlike all classes', (id) => {
    const strange: Matrix = { ...fresh, data: fresh.data.map((value, at) => value + 5 * Math.sin(at % fresh.cols)) };
    expect([...fitted(id, {}, x, y).predict(strange)]).toEqual(Array.from({ length: fresh.rows }, () => -1));
  });

  test('DDSIMCA with a target class knows that class only', () => {
    const predicted = fitted('DDSIMCA', { target_class: 1 }, x, y).predict(x);
    expect(new Set(predicted)).toEqual(new Set([1, -1]));
    expect(predicted.filter((code, i) => code === 1 && y[i] !== 1)).toHaveLength(0);
  });

  test('DDSIMCA names a target class that has no samples', () => {
    expect(() => fitted('DDSIMCA', { target_class: 7 }, x, y)).toThrow(
      'DDSIMCA: target_class is 7, but there are no training samples of that class. The classes are 0 to 2.',
    );
  });

  test('DDSIMCA warns of outliers among the training samples', () => {
    const spoilt = { ...x, data: x.data.slice() };
    rowOf(spoilt, 0).forEach((value, j, row) => {
      row[j] = value + Math.cos(3 * j);
    });
    expect(fitted('DDSIMCA', { estimator: 'robust' }, spoilt, y).notices.join()).toContain(
      'of 20 training samples of class 1',
    );
  });

  test.each(['SIMCA', 'DDSIMCA'])('%s takes fewer components where a class has few samples, and says so', (id) => {
    const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const { notices } = fitted(id, { n_components: 9 }, takeRows(x, rows), takeValues(y, rows));
    expect(notices).toContain(`${id}: class 1 has samples for 2 components only, not for 9.`);
  });
});

describe('refusals', () => {
  test('of priors that do not fit the classes', () => {
    expect(() => fitted('LDA', { priors: [0.5, 0.5] }, x, y)).toThrow(
      'LDA: priors must have one value for each of the 3 classes, but has 2.',
    );
    expect(() => fitted('GaussianNB', { priors: [0, 0, 0] }, x, y)).toThrow('must be above 0');
  });
  test('of values that are no class numbers', () => {
    expect(() => fitted('PLSDA', {}, x, y.map((code) => code + 0.5))).toThrow('whole class numbers'); // prettier-ignore
  });
  test('of a quadratic border from too few samples', () => {
    const rows = [...y.keys()].slice(0, 24);
    expect(() => fitted('QDA', {}, takeRows(x, rows), takeValues(y, rows))).toThrow('fewer samples than channels');
  });
  test('of shrinkage where it does nothing', () => {
    expect(() => modelCalled('LDA', { shrinkage: 0.1 })).toThrow('choose lsqr');
  });
});
