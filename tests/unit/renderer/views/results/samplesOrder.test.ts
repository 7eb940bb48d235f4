import { expect, test } from 'vitest';
import { sampleValue, samplesOrder } from '#renderer/views/results/samplesOrder.ts';

const predictions = {
  rows: Int32Array.of(0, 1, 2, 3),
  sampleIds: ['s10', 's2', 's1', 's3'],
  measured: Float64Array.of(1, 2, 3, Number.NaN),
  predicted: Float64Array.of(1.5, 1, 3.2, 4),
  classes: null,
  probabilities: null,
  fold: Int32Array.of(0, 1, 0, 1),
};

test('sorts names as people count', () => {
  expect(samplesOrder(predictions, 'id', false)).toEqual([2, 1, 3, 0]);
});

test('sorts residuals with and without their sign, missing values last both ways', () => {
  expect(samplesOrder(predictions, 'residual', false)).toEqual([1, 2, 0, 3]);
  expect(samplesOrder(predictions, 'residual', true)).toEqual([0, 2, 1, 3]);
  expect(samplesOrder(predictions, 'size', true)).toEqual([1, 0, 2, 3]);
});

test('keeps the order of the dataset among equals', () => {
  expect(samplesOrder(predictions, 'fold', true)).toEqual([1, 3, 0, 2]);
});

test('a residual is predicted − measured', () => {
  expect(sampleValue(predictions, 'residual')(1)).toBe(-1);
});
