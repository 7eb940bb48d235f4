import { expect, test } from 'vitest';
import { parameterWords } from '#renderer/builder/parameterWords.ts';
import { fullOperatorName, shortOperatorName } from '#renderer/builder/operatorName.ts';
import { descriptorOf } from '#tests/support/operatorDescriptors.ts';

const words = (id: string, params: Record<string, unknown>) => parameterWords(descriptorOf(id), params);

test('says what is set, and the defaults that make the step what it is', () => {
  expect(words('SavitzkyGolay', { window_length: 15, polyorder: 2, deriv: 1 })).toBe(
    'window 15 channels · polynomial order 2 · derivative 1',
  );
  expect(words('SavitzkyGolay', {})).toBe('window 11 channels · polynomial order 3');
  expect(words('SNV', {})).toBe('');
});

test('says sweeps', () => {
  expect(words('PLS', { n_components: { _range_: [1, 20] } })).toBe('components 1–20');
  expect(words('PLS', { n_components: { _range_: [2, 20, 2] } })).toBe('components 2–20 in steps of 2');
  expect(words('PLS', { n_components: { _or_: [3, 5, 8] } })).toBe('components 3, 5, 8');
  expect(words('Ridge', { alpha: { _log_range_: [0.001, 1000, 7] } })).toContain('0.001–1,000 (7 on a log scale)');
  expect(words('PLS', { n_components: { _sample_: { num: 3 } } })).toBe('components several values');
});

test('shows parameters that it does not know as they are', () => {
  expect(parameterWords(null, { C: 10, kernel: 'rbf', _comment: 'x' })).toBe('C 10 · kernel rbf');
});

test('abbreviates what the field abbreviates', () => {
  expect(shortOperatorName(descriptorOf('SNV'))).toBe('SNV');
  expect(fullOperatorName(descriptorOf('SNV'))).toBe('Standard normal variate (SNV)');
  expect(shortOperatorName(descriptorOf('SavitzkyGolay'))).toBe('Savitzky–Golay');
});
