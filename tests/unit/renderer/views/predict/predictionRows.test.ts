import { expect, test } from 'vitest';
import type { PredictionTable } from '#core/contract/models.ts';
import { predictionCsvTable, predictionRows, sortRows, statusOf } from '#renderer/views/predict/predictionRows.ts';

const table: PredictionTable = {
  modelName: 'PLS',
  target: 'fat',
  targetUnit: '%',
  task: 'regression',
  classes: null,
  sampleIds: ['s10', 's2', 's1'],
  predicted: Float64Array.of(5, 60, Number.NaN),
  measured: Float64Array.of(4.5, Number.NaN, 7),
  probabilities: null,
  measuredLabels: null,
  scores: null,
  confusion: null,
  range: { low: 1, high: 50 },
  axisNote: '',
  warnings: [],
  milliseconds: 1,
};

test('a value outside the calibration is marked, and on which side', () => {
  expect(predictionRows(table).map(({ status }) => status)).toEqual(['ok', 'high', 'invalid']);
  expect(statusOf(0.5, table.range)).toBe('low');
  expect(statusOf(0.5, null)).toBe('unknown');
  expect(statusOf(50, table.range)).toBe('ok');
});

test('residuals are predicted minus measured', () => {
  expect(predictionRows(table)[0]?.residual).toBeCloseTo(0.5, 12);
});

test('sorts names as people do and puts missing values last, both ways', () => {
  const rows = predictionRows(table);
  expect(sortRows(rows, 'id', false).map(({ id }) => id)).toEqual(['s1', 's2', 's10']);
  expect(sortRows(rows, 'predicted', true).map(({ id }) => id)).toEqual(['s2', 's10', 's1']);
  expect(sortRows(rows, 'residual', false).at(0)?.id).toBe('s10');
});

test('the file has units, full precision and the status in words', () => {
  const { columns, rows } = predictionCsvTable(table);
  expect(columns).toEqual(['sample', 'fat predicted (%)', 'fat measured (%)', 'fat residual (%)', 'status']);
  expect(rows[1]).toEqual(['s2', 60, null, null, 'Above range']);
});
