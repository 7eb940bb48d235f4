import { expect, test } from 'vitest';
import type { ComponentCurve } from '#core/contract/results.ts';
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

test('shows the curve, every fold, the minimum and the one-standard-error choice', () => {
  const picture = componentPicture(curve, '%');
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
  expect(componentPicture({ ...curve, oneStandardError: 99 }, null).oneStandardError).toBeNull();
});
