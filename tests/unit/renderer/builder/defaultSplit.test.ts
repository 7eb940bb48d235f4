import { expect, test } from 'vitest';
import { defaultSplit } from '#renderer/builder/defaultSplit.ts';

test.each([
  [['train', 'test'], ['train'], ['test']],
  [['C', 'M', 'T'], ['C', 'M'], ['T']],
  [['C', 'M', 'T', 'E1', 'E2'], ['C', 'M'], ['T']],
  [['Calibration', 'Validation', 'External'], ['Calibration', 'Validation'], ['External']],
  [['2021', '2022'], ['2021', '2022'], []],
  [['farm', 'test'], ['farm'], ['test']],
  [[], [], []],
])('%j: train on %j, test on %j', (labels, train, test) => {
  expect(defaultSplit(labels)).toEqual({ train, test });
});
