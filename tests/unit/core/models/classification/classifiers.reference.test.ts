import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { fromRows, takeRows, takeValues, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { referenceGolden } from '#tests/support/golden.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';
import { fitContext, modelCalled, transformCalled } from '#tests/support/operators.ts';
import { referenceData } from '#tests/support/referenceData.ts';
import { relativeError } from '#tests/support/tolerance.ts';

// Fruit purees and coffees are not ours to copy: these tests read the reference data and say so when it is missing.
interface Figures {
  readonly classes: string[];
  readonly fold_of_sample: number[];
  readonly plsda: { accuracy: number[]; best_n: number; confusion: number[][]; predicted: number[] };
  readonly pcalda: { accuracy: number[]; best_n: number; predicted: number[] };
}

withReferenceData('accuracies of scikit-learn on spectra after SNV, ten folds', () => {
  const cases = [
    ['fruit purees', ['fruit-puree-ftir', 'X.csv'], 'fruit_puree_snv_mod10'],
    ['coffees', ['chemotools-coffee-atr', 'X_index_axis.csv'], 'chemotools_coffee_snv_mod10'],
  ] as const;

  test.each(cases)('%s', (_, [folder, file], key) => {
    const figures = (referenceGolden('classification.json') as Record<string, Figures>)[key];
    if (!figures) throw new Error(`classification.json has no ${key}.`);
    const { classes, fold_of_sample: folds, plsda, pcalda } = figures;
    const { x: raw, y } = labelled(folder, file, classes);
    const x = transformCalled('SNV').fitApply(raw);
    const counts = Array.from({ length: plsda.accuracy.length }, (_, k) => k + 1);
    const predicted = counts.map(() => new Float64Array(x.rows));
    const afterPca = counts.map(() => new Float64Array(x.rows));
    const pls = modelCalled('PLSDA', { scale: false });
    const lda = modelCalled('LDA');
    for (let fold = 0; fold < 10; fold++) {
      const rows = (inside: boolean): number[] => [...y.keys()].filter((i) => (folds[i] === fold) === inside);
      const [train, held] = [takeRows(x, rows(false)), takeRows(x, rows(true))];
      const codes = takeValues(y, rows(false));
      const context = fitContext(train, { y: codes, classCount: classes.length });
      const states = pls.operator.path?.fit(train, codes, pls.params, counts, context) ?? [];
      const means = columnMeans(train);
      const { v } = leadingSingularVectors(standardiseColumns(train, means, null), counts.length, neverCancelled);
      counts.forEach((count, k) => {
        const state = states[k];
        if (!state) throw new Error(`No model with ${count} components.`);
        const ofPls = pls.operator.predict(held, state, pls.params);
        const [a, b] = [scores(train, means, v.slice(0, count)), scores(held, means, v.slice(0, count))];
        const fitted = lda.operator.fit(a, codes, lda.params, context);
        const ofLda = lda.operator.predict(b, fitted, lda.params);
        rows(true).forEach((row, i) => {
          (predicted[k] ?? ofPls)[row] = ofPls[i] ?? NaN;
          (afterPca[k] ?? ofLda)[row] = ofLda[i] ?? NaN;
        });
      });
    }
    const accuracy = (codes: Float64Array): number => codes.filter((code, i) => code === y[i]).length / y.length;
    expect(predicted.map(accuracy)).toEqual(plsda.accuracy);
    expect([...(predicted[plsda.best_n - 1] ?? [])]).toEqual(plsda.predicted);
    expect(afterPca.map(accuracy)).toEqual(pcalda.accuracy);
    expect([...(afterPca[pcalda.best_n - 1] ?? [])]).toEqual(pcalda.predicted);
  });
});

withReferenceData('predictions of scikit-learn on ten principal components of fruit purees', () => {
  interface Model {
    readonly accuracy: number;
    readonly pred_first20: string[];
    readonly proba_first20?: number[][];
  }
  const names = ['Not Strawberry', 'Strawberry'];
  test.each([
    ['LDA', 'LDA', {}, 1e-8],
    ['QDA', 'QDA', {}, 1e-8],
    // The L-BFGS of that file stopped 2e-5 from the optimum; tests/golden/classifiers-tecator.json has the optimum.
    ['Logistic(C=1)', 'LogisticRegression', {}, 1e-4],
    ['SVC(rbf,C=10,gamma=scale)', 'SVC', { C: 10, tol: 1e-8 }, 1e-8],
  ] as const)('%s', (key, id, given, rtol) => {
    const model = (referenceGolden('models.json') as { classification: Record<string, Model> }).classification[key];
    if (!model) throw new Error(`models.json has no ${key}.`);
    const { x: raw, y } = labelled('fruit-puree-ftir', 'X.csv', names);
    const rows = (isTest: boolean): number[] => [...y.keys()].filter((i) => (i % 3 === 0) === isTest);
    const [train, rest] = [takeRows(raw, rows(false)), takeRows(raw, rows(true))];
    const means = columnMeans(train);
    const deviations = columnDeviations(train, means, 0);
    const [a, b] = [train, rest].map((part) => standardiseColumns(part, means, deviations));
    if (!a || !b) throw new Error('Two parts go in, two come out.');
    const centre = columnMeans(a);
    const { v } = leadingSingularVectors(standardiseColumns(a, centre, null), 10, neverCancelled);
    const [seen, unseen] = [scores(a, centre, v), scores(b, centre, v)];
    const codes = takeValues(y, rows(false));
    const { operator, params } = modelCalled(id, given);
    const state = operator.fit(seen, codes, params, fitContext(seen, { classCount: 2 }));
    const predicted = operator.predict(unseen, state, params);
    const truth = takeValues(y, rows(true));
    expect(predicted.filter((code, i) => code === truth[i]).length / truth.length).toBe(model.accuracy);
    expect(Array.from(predicted.slice(0, 20), (code) => names[code])).toEqual(model.pred_first20);
    const shares = operator.probabilities?.(unseen, state, params);
    if (model.proba_first20)
      expect(relativeError(shares?.data.slice(0, 40) ?? [], model.proba_first20.flat())).toBeLessThan(rtol);
  });
});

function scores(x: Matrix, means: Float64Array, loadings: readonly Float64Array[]): Matrix {
  const centred = standardiseColumns(x, means, null);
  const out = zeros(x.rows, loadings.length);
  loadings.forEach((loading, k) => {
    matrixTimesVector(centred, loading).forEach((t, i) => {
      out.data[i * loadings.length + k] = t;
    });
  });
  return out;
}

/** Spectra with class codes in the order of the names. */
function labelled(folder: string, file: string, classes: readonly string[]): { x: Matrix; y: Float64Array } {
  const rows = (name: string): string[][] =>
    readFileSync(referenceData(folder, name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',').slice(1));
  return {
    x: fromRows(rows(file).map((row) => row.map(Number))),
    y: Float64Array.from(rows('Y_class.csv'), ([label]) => classes.indexOf(label ?? '')),
  };
}
