import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brier, expectedCalibrationError, logLoss, rocAuc } from '#core/metrics/probabilityMetrics.ts';
import { fromRows } from '#core/numerics/matrix.ts';
import { golden } from '#tests/support/golden.ts';

const { binary, rtol } = golden('metrics.json') as {
  binary: { b: number[]; p: number[]; roc_auc: number; brier: number; log_loss: number };
  rtol: number;
};
const y = Float64Array.from(binary.b);
const p = fromRows(binary.p.map((value) => [1 - value, value]));

describe('agrees with scikit-learn for two classes', () => {
  test.each([
    ['ROC AUC', rocAuc, binary.roc_auc],
    ['Brier score', brier, binary.brier],
    ['log loss', logLoss, binary.log_loss],
  ])('%s', (_, metric, expected) => {
    expect(Math.abs(metric(y, p) / expected - 1)).toBeLessThan(rtol);
  });
});

test('ROC AUC is the share of pairs in the right order, ties counting half', () => {
  const levels = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 })), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(levels, (list) => {
      const classes = Float64Array.from(list, ([positive]) => (positive ? 1 : 0));
      const scores = fromRows(list.map(([, level]) => [1 - level / 5, level / 5]));
      const [yes, no] = [list.filter(([positive]) => positive), list.filter(([positive]) => !positive)];
      fc.pre(yes.length > 0 && no.length > 0);
      let right = 0;
      for (const [, a] of yes) for (const [, b] of no) right += a > b ? 1 : a === b ? 0.5 : 0;
      expect(rocAuc(classes, scores)).toBeCloseTo(right / yes.length / no.length, 12);
    }),
  );
});

test('ROC AUC of one class alone cannot be computed, and a class that is missing is left out', () => {
  expect(rocAuc(Float64Array.of(1, 1), fromRows([[0.5, 0.5], [0.2, 0.8]]))).toBeNaN(); // prettier-ignore
  const three = fromRows([[0.8, 0.2, 0], [0.1, 0.9, 0], [0.3, 0.7, 0]]); // prettier-ignore
  expect(rocAuc(Float64Array.of(0, 1, 1), three)).toBe(1);
});

test('calibration error, computed by hand', () => {
  // Confidences 0.55 (right), 0.58 (wrong), 0.95 (right), 0.95 (right): two bins of fifteen are filled.
  const probabilities = fromRows([[0.55, 0.45], [0.42, 0.58], [0.05, 0.95], [0.95, 0.05]]); // prettier-ignore
  const classes = Float64Array.of(0, 0, 1, 0);
  const byHand = (Math.abs(1 - 0.55 + (0 - 0.58)) + Math.abs(2 - 1.9)) / 4;
  expect(expectedCalibrationError(classes, probabilities)).toBeCloseTo(byHand, 12);
  // Two bins of equal size hold the same pairs.
  expect(expectedCalibrationError(classes, probabilities, { bins: 2, adaptive: true })).toBeCloseTo(byHand, 12);
  expect(expectedCalibrationError(classes, probabilities, { bins: 1 })).toBeCloseTo(Math.abs(3 - 3.03) / 4, 12);
});

test('certain and right costs nothing, certain and wrong costs a finite amount', () => {
  const sure = fromRows([[1, 0], [0, 1]]); // prettier-ignore
  const right = Float64Array.of(0, 1);
  const wrong = Float64Array.of(1, 0);
  expect(logLoss(right, sure)).toBeCloseTo(0, 12);
  expect(logLoss(wrong, sure)).toBeCloseTo(-Math.log(Number.EPSILON), 9);
  expect([brier(right, sure), brier(wrong, sure)]).toEqual([0, 1]);
  expect(expectedCalibrationError(right, sure)).toBe(0);
});

test('the Brier score of more than two classes sums over them', () => {
  expect(brier(Float64Array.of(0), fromRows([[0, 1, 0]]))).toBe(2);
});

test('missing rows are refused', () => {
  expect(() => brier(Float64Array.of(0, 1), fromRows([[1, 0]]))).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
});
