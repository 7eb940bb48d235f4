import { expect, test } from 'vitest';
import type { Predictions } from '#core/contract/results.ts';
import { classSamples, classSamplesTable, sortClassSamples } from '#renderer/views/results/classSamples.ts';

const predictions: Predictions = {
  rows: Int32Array.of(0, 1, 2),
  sampleIds: ['s10', 's2', 's1'],
  measured: Float64Array.of(0, 1, 1),
  predicted: Float64Array.of(0, 0, -1),
  classes: ['red', 'green'],
  probabilities: Float64Array.of(0.9, 0.1, 0.6, 0.4, 0.5, 0.5),
  fold: Int32Array.of(0, 1, -1),
};
const samples = classSamples(predictions);

test('names the classes and tells right from wrong', () => {
  expect(samples.map(({ measured, predicted, right }) => [measured, predicted, right])).toEqual([
    ['red', 'red', true],
    ['green', 'red', false],
    ['green', 'none of them', false],
  ]);
  expect(samples.map(({ probability, fold }) => [probability, fold])).toEqual([
    [0.9, 1],
    [0.6, 2],
    [null, null],
  ]);
});

test('sorts names as people count, misclassified first, missing values last both ways', () => {
  const ids = (key: Parameters<typeof sortClassSamples>[1], descending: boolean) =>
    sortClassSamples(samples, key, descending).map(({ id }) => id);
  expect(ids('id', false)).toEqual(['s1', 's2', 's10']);
  expect(ids('result', false)).toEqual(['s2', 's1', 's10']);
  expect(ids('probability', false)).toEqual(['s2', 's10', 's1']);
  expect(ids('probability', true)).toEqual(['s10', 's2', 's1']);
});

test('the file has a probability for each class', () => {
  const { columns, rows } = classSamplesTable(samples, ['red', 'green']);
  expect(columns.slice(4, 6)).toEqual(['probability red', 'probability green']);
  expect(rows[1]).toEqual(['s2', 'green', 'red', 'misclassified', 0.6, 0.4, 2]);
  const without = classSamplesTable(classSamples({ ...predictions, probabilities: null }), ['red', 'green']);
  expect(without.columns).toHaveLength(5);
});
