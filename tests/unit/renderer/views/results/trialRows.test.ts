import { expect, test } from 'vitest';
import type { Trial } from '#core/contract/results.ts';
import { paramKey, paramNames, sortTrials, studyKeys, trialsCsv } from '#renderer/views/results/trialRows.ts';

const trial = (number: number, change: Partial<Trial>): Trial => ({
  variant: 0,
  fold: null,
  trial: number,
  phase: 0,
  sampler: 'tpe',
  params: { alpha: number / 10 },
  value: 2 - number,
  foldScores: [1, 2],
  state: 'completed',
  best: false,
  milliseconds: 10,
  ...change,
});
const trials = [
  trial(0, {}),
  trial(1, { params: { alpha: 0.05, kernel: 'rbf' } }),
  trial(2, { value: null, state: 'failed', foldScores: [] }),
];

test('sorts by value and by parameter, trials without a value last both ways', () => {
  const order = (key: string, descending: boolean) => sortTrials(trials, key, descending).map((one) => one.trial);
  expect(order('value', false)).toEqual([1, 0, 2]);
  expect(order('value', true)).toEqual([0, 1, 2]);
  expect(order(paramKey('alpha'), true)).toEqual([2, 1, 0]);
  expect(order(paramKey('kernel'), false)[0]).toBe(1);
});

test('knows the parameters and the searches', () => {
  expect(paramNames(trials)).toEqual(['alpha', 'kernel']);
  expect(studyKeys([...trials, trial(0, { fold: 1 })])).toEqual([null, 1]);
});

test('the file has a column for each parameter and each fold', () => {
  const { columns, rows } = trialsCsv(trials, 'RMSE');
  expect(columns.slice(-2)).toEqual(['RMSE Fold 1', 'RMSE Fold 2']);
  expect(rows[2]).toEqual([null, 3, 0.2, null, null, 'failed', 'tpe', 10, null, null]);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
});
