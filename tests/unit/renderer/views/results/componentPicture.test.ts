import { expect, test } from 'vitest';
import type { ComponentCurve } from '#core/contract/results.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import { componentPicture } from '#renderer/views/results/componentPicture.ts';

const curve: ComponentCurve = {
  param: 'n_components',
  values: Float64Array.of(1, 2, 3),
  variants: [4, 5, 6],
  rmsecv: Float64Array.of(3, 1, Number.NaN),
  meanScore: Float64Array.of(3, 1, Number.NaN),
  scoreSe: Float64Array.of(0.3, 0.1, Number.NaN),
  rmsecFolds: Float64Array.of(2, 0.5, Number.NaN),
  foldScores: Float64Array.of(2.9, 0.9, Number.NaN, 3.1, 1.1, Number.NaN),
  folds: 2,
  selected: 5,
  oneStandardError: 4,
};

const RMSE = { unit: '%', isClassification: false, metric: runMetric('rmse') };

test('shows the curve, every fold, the minimum and the one-standard-error choice', () => {
  const picture = componentPicture(curve, RMSE);
  expect(picture.minimum).toEqual({ x: 2, y: 1 });
  expect(picture.oneStandardError).toEqual({ x: 1, y: 3 });
  expect(picture.foldPoints).toEqual([
    [1, 2.9],
    [2, 0.9],
    [1, 3.1],
    [2, 1.1],
  ]);
  expect(picture.yName).toBe('RMSECV / %');
});

test('a choice of another sweep is not marked in this one', () => {
  expect(componentPicture({ ...curve, oneStandardError: 99 }, { ...RMSE, unit: null }).oneStandardError).toBeNull();
});

test('a classification shows the mean of the fold scores, and its best is the highest', () => {
  const scores = { ...curve, rmsecv: new Float64Array(3).fill(Number.NaN), meanScore: Float64Array.of(0.8, 0.9, 0.9) };
  const picture = componentPicture(scores, { unit: null, isClassification: true, metric: runMetric('accuracy') });
  expect(picture.minimum).toEqual({ x: 2, y: 0.9 });
  expect(picture.yName).toBe('Accuracy');
  expect(picture.training).toBeNull();
  expect(picture.foldPoints).toEqual([]); // they are balanced accuracies, not what the curve shows
  const balanced = { unit: null, isClassification: true, metric: runMetric('balancedAccuracy') };
  expect(componentPicture(scores, balanced).foldPoints).toHaveLength(4);
});
