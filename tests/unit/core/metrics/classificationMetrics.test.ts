import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as metrics from '#core/metrics/classificationMetrics.ts';
import { classificationSummary } from '#core/metrics/classificationSummary.ts';
import { confusionMatrix } from '#core/metrics/confusionMatrix.ts';
import { fromRows, rowOf } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';

interface Multiclass extends Record<string, unknown> {
  c: number[];
  P: number[][];
  confusion: number[][];
}
interface Binary {
  b: number[];
  p: number[];
  mcc_at: [number, number][];
}
const { multiclass, binary, rtol } = golden('metrics.json') as {
  multiclass: Multiclass;
  binary: Binary;
  rtol: number;
};

const P = fromRows(multiclass.P);
const measured = Float64Array.from(multiclass.c);
const predicted = Float64Array.from({ length: P.rows }, (_, i) => rowOf(P, i).indexOf(Math.max(...rowOf(P, i))));
const summary = classificationSummary({ measured, predicted, probabilities: P, classCount: 3 });

describe('agrees with scikit-learn', () => {
  test('on the confusion matrix', () => {
    expect(confusionMatrix(measured, predicted, 3)).toEqual(multiclass.confusion);
  });

  test.each([
    ['accuracy', 'accuracy'],
    ['balancedAccuracy', 'balanced_accuracy'],
    ['precisionMacro', 'precision_macro'],
    ['recallMacro', 'recall_macro'],
    ['f1Macro', 'f1_macro'],
    ['f1Weighted', 'f1_weighted'],
    ['mcc', 'mcc'],
    ['kappa', 'kappa'],
    ['logLoss', 'log_loss'],
    ['rocAuc', 'roc_auc_ovr'],
  ] as const)('%s of three classes', (ours, theirs) => {
    expect(Math.abs(summary[ours] / Number(multiclass[theirs]) - 1)).toBeLessThan(rtol);
  });

  test.each(binary.mcc_at)('MCC of two classes cut at %d', (threshold, expected) => {
    const cut = Float64Array.from(binary.p, (p) => (p >= threshold - 1e-12 ? 1 : 0));
    const value = metrics.mcc(confusionMatrix(Float64Array.from(binary.b), cut, 2));
    expect(Math.abs(value - expected)).toBeLessThan(rtol);
  });
});

const codes = (count: number) => fc.array(fc.integer({ min: 0, max: count - 1 }), { minLength: 2, maxLength: 60 });

test('relabelling the classes changes no figure', () => {
  fc.assert(
    fc.property(codes(4), codes(4), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (a, b, names) => {
      const n = Math.min(a.length, b.length);
      fc.pre(new Set([...a.slice(0, n), ...b.slice(0, n)]).size > 1); // else kappa cannot be computed
      const of = (list: number[], rename: (k: number) => number) =>
        Float64Array.from(list.slice(0, n), (code) => rename(code));
      const plain = confusionMatrix(
        of(a, (k) => k),
        of(b, (k) => k),
        4,
      );
      const renamed = confusionMatrix(
        of(a, (k) => names[k] ?? 0),
        of(b, (k) => names[k] ?? 0),
        4,
      );
      for (const figure of Object.values(metrics)) expect(figure(renamed)).toBeCloseTo(figure(plain), 12);
    }),
  );
});

test('weighted recall is the accuracy', () => {
  fc.assert(
    fc.property(codes(3), (list) => {
      const counts = confusionMatrix(Float64Array.from(list), Float64Array.from(list.toReversed()), 3);
      expect(metrics.recallWeighted(counts)).toBeCloseTo(metrics.accuracy(counts), 12);
    }),
  );
});

test('a prediction of no class is wrong, and spoils nobody’s precision', () => {
  const counts = confusionMatrix(Float64Array.of(0, 0, 1, 1), Float64Array.of(0, -1, 1, 1), 2);
  expect(counts).toEqual([
    [1, 0, 1],
    [0, 2, 0],
  ]);
  expect(metrics.accuracy(counts)).toBe(0.75);
  expect(metrics.precisionMacro(counts)).toBe(1);
  expect(metrics.recallMacro(counts)).toBe(0.75);
});

test('a class that a fold lacks does not count', () => {
  const counts = confusionMatrix(Float64Array.of(0, 0, 1), Float64Array.of(0, 0, 1), 3);
  expect([metrics.balancedAccuracy(counts), metrics.f1Macro(counts), metrics.mcc(counts)]).toEqual([1, 1, 1]);
});

test('one class alone: agreement beyond chance cannot be computed, correlation is 0', () => {
  const counts = confusionMatrix(Float64Array.of(0, 0), Float64Array.of(0, 0), 2);
  expect(metrics.kappa(counts)).toBeNaN();
  expect(metrics.mcc(counts)).toBe(0);
});

test('without samples or probabilities there is no figure', () => {
  const none = new Float64Array(0);
  const empty = classificationSummary({ measured: none, predicted: none, probabilities: null, classCount: 2 });
  const { n, ...figures } = empty;
  expect(n).toBe(0);
  for (const [name, value] of Object.entries(figures)) expect(value, name).toBeNaN();
});

test('codes outside the classes and missing predictions are refused', () => {
  expect(() => confusionMatrix(Float64Array.of(0, 2), Float64Array.of(0, 1), 2)).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
  expect(() => confusionMatrix(Float64Array.of(0, 1), Float64Array.of(-1, 2), 2)).toThrow('Class code of prediction 2');
  expect(() => confusionMatrix(Float64Array.of(0, 1), Float64Array.of(0), 2)).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
});
