import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { plattSigmoid } from '#core/numerics/plattSigmoid.ts';
import { softmaxRegression } from '#core/numerics/softmaxRegression.ts';
import { threeClasses } from '#tests/contracts/classifier.contract.ts';

const { x, y } = threeClasses(45, 5);

test('at the optimum, expected and observed sums agree up to the penalty', () => {
  const penalty = 0.7;
  const { coef, intercept, converged } = softmaxRegression(
    { x, y, classCount: 3, weights: y.map((_, i) => 1 + (i % 2)), penalty, intercept: true },
    neverCancelled,
  );
  expect(converged).toBe(true);
  const residual = new Float64Array(3 * x.cols);
  const total = new Float64Array(3);
  for (let i = 0; i < x.rows; i++) {
    const scores = Array.from(intercept, (b, k) => {
      let sum = b;
      for (let j = 0; j < x.cols; j++) sum += (coef[k * x.cols + j] ?? NaN) * (x.data[i * x.cols + j] ?? NaN);
      return Math.exp(sum);
    });
    const all = scores.reduce((a, b) => a + b, 0);
    scores.forEach((score, k) => {
      const off = (1 + (i % 2)) * ((k === y[i] ? 1 : 0) - score / all);
      total[k] = (total[k] ?? NaN) + off;
      for (let j = 0; j < x.cols; j++)
        residual[k * x.cols + j] = (residual[k * x.cols + j] ?? NaN) + off * (x.data[i * x.cols + j] ?? NaN);
    });
  }
  residual.forEach((value, at) => expect(value).toBeCloseTo(penalty * (coef[at] ?? NaN), 8));
  total.forEach((value) => expect(value).toBeCloseTo(0, 8));
});

test('a probability curve through symmetric decisions passes one half at zero and rises', () => {
  const f = Float64Array.of(-3, -2, -1, -0.5, 0.5, 1, 2, 3);
  const curve = plattSigmoid(f, [false, false, false, true, false, true, true, true]);
  expect(curve.offset).toBeCloseTo(0, 8);
  expect(curve.slope).toBeGreaterThan(0);
});
