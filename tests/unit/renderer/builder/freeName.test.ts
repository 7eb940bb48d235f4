import { expect, test } from 'vitest';
import { freeName } from '#renderer/builder/freeName.ts';

test('keeps a free name and numbers a taken one', () => {
  expect(freeName('PLS', [])).toBe('PLS');
  expect(freeName('PLS', ['PLS'])).toBe('PLS 2');
  expect(freeName('PLS 2', ['PLS', 'PLS 2', 'PLS 3'])).toBe('PLS 4');
});
