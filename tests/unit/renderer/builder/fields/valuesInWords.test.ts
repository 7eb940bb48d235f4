import { expect, test } from 'vitest';
import { valuesInWords } from '#renderer/builder/fields/valuesInWords.ts';
import { problemText } from '#renderer/builder/fields/problemText.ts';
import { parameterOf } from '#tests/support/operatorDescriptors.ts';

test('lists short sweeps and abbreviates long ones', () => {
  expect(valuesInWords({ kind: 'range', from: 7, to: 15, step: 2 })).toBe('5 values: 7, 9, 11, 13, 15');
  expect(valuesInWords({ kind: 'range', from: 1, to: 20, step: 1 })).toBe('20 values: 1, 2, 3, 4 … 20');
  expect(valuesInWords({ kind: 'range', from: 5, to: 1, step: 1 })).toBe('No value: the range is empty.');
});

test('a refused value says what would be right', () => {
  const window = { ...parameterOf('SavitzkyGolay', 'window_length'), min: 3 };
  expect(problemText('odd', window)).toBe('An odd number');
  expect(problemText('below', window)).toBe('At least 3');
  expect(problemText('below', { ...window, exclusiveMin: 0 })).toBe('More than 0');
  expect(problemText('type', window)).toBe('A number');
});
