import { expect, test } from 'vitest';
import type { PredictionTable } from '#core/contract/models.ts';
import { classCsvTable, classRows, sortClassRows } from '#renderer/views/predict/classRows.ts';

const classes = ['Berlin', 'Graz'];
const table: PredictionTable = {
  modelName: 'LDA',
  target: 'origin',
  targetUnit: null,
  task: 'classification',
  classes,
  sampleIds: ['s10', 's2', 's1'],
  predicted: Float64Array.of(1, 0, -1),
  probabilities: Float64Array.of(0.2, 0.8, 0.6, 0.4, 0.5, 0.5),
  measured: Float64Array.of(1, Number.NaN, 0),
  measuredLabels: ['Graz', '', 'Berlin'],
  scores: null,
  confusion: null,
  range: null,
  axisNote: '',
  warnings: [],
  milliseconds: 1,
};
const rows = classRows(table, classes);

test('names the class, how probable it is, and whether it agrees with the file', () => {
  expect(rows[0]).toEqual({ id: 's10', predicted: 'Graz', probability: 0.8, measured: 'Graz', agrees: true });
  expect(rows[1]).toMatchObject({ predicted: 'Berlin', probability: 0.6, agrees: null });
  expect(rows[2]).toMatchObject({ predicted: 'none of the classes', probability: Number.NaN, agrees: false });
});

test('sorts by any column, missing values last both ways', () => {
  const ids = (key: string, descending: boolean) => sortClassRows(rows, key, descending).map(({ id }) => id);
  expect(ids('id', false)).toEqual(['s1', 's2', 's10']);
  expect(ids('probability', true)).toEqual(['s10', 's2', 's1']);
  expect(ids('measured', false)).toEqual(['s1', 's10', 's2']);
  expect(ids('agrees', true)).toEqual(['s10', 's1', 's2']);
});

test('the file has a column for each probability', () => {
  expect(classCsvTable(table, classes)).toEqual({
    columns: ['sample', 'origin predicted', 'probability Berlin', 'probability Graz', 'origin measured'],
    rows: [
      ['s10', 'Graz', 0.2, 0.8, 'Graz'],
      ['s2', 'Berlin', 0.6, 0.4, ''],
      ['s1', 'none of the classes', 0.5, 0.5, 'Berlin'],
    ],
  });
});
