import { expect, test } from 'vitest';
import { formatError } from '#renderer/components/formatError.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';

test('gives one decimal more than the error has', () => {
  expect(formatError(0.1061, 2.001)).toBe('0.106');
  expect(formatError(-0.01892, 2.001, { sign: true })).toBe('-0.019');
  expect(formatError(12.345, 234)).toBe('12.3');
});

test('what rounds to nothing is zero without a sign', () => {
  expect(formatError(-4.2e-15, 2, { sign: true })).toBe('0.000');
  expect(formatError(null, 2)).toBe('–');
});

test('abbreviates settings as chemometricians do', () => {
  expect(shortLabel('SNV · SavitzkyGolay window_length 15, polyorder 2, deriv 1 · n_components 9')).toBe(
    'SNV · SG w15 p2 d1 · 9 LV',
  );
  expect(shortLabel('MSC · Ridge alpha 0.1')).toBe('MSC · Ridge alpha 0.1');
});
