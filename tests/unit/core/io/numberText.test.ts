import { expect, test } from 'vitest';
import { detectNumberStyle } from '#core/io/numberStyle.ts';
import { isMissingText, numberFromText } from '#core/io/numberText.ts';

test.each([
  ['1,234.5', { decimal: '.', thousands: ',' }, 1234.5],
  ['1.234.567,25', { decimal: ',', thousands: '.' }, 1234567.25],
  ['1 234,5', { decimal: ',', thousands: ' ' }, 1234.5],
  ['1\u202f234,5', { decimal: ',', thousands: ' ' }, 1234.5],
  ["12'345", { decimal: '.', thousands: "'" }, 12345],
  ['\u22125,5', { decimal: ',', thousands: '' }, -5.5],
  ['1,23,4', { decimal: '.', thousands: ',' }, NaN],
  ['12,34', { decimal: '.', thousands: ',' }, NaN],
  ['1.5', { decimal: ',', thousands: '.' }, NaN],
  ['3a', { decimal: '.', thousands: '' }, NaN],
] as const)('%s', (text, style, value) => {
  expect(numberFromText(text, style)).toBe(value);
});

test('what stands for "not measured"', () => {
  expect(['', ' ', 'NA', 'n/a', 'NaN', 'nan', '-', '.', 'NULL', '?'].every(isMissingText)).toBe(true);
  expect(['0', '3a', '<1', '#DIV/0!', 'none of these'].some(isMissingText)).toBe(false);
});

test.each([
  [['0,5', '1,234'], ';', ',', ''],
  [['1,234.5', '2,345'], ';', '.', ','],
  [['1.234,5', '2.345'], ';', ',', '.'],
  [['1,234,567', '2,345'], ';', '.', ','],
  [['1 234', '2,5'], ';', ',', ' '],
  [['12', '13'], ';', '.', ''],
  [['1.234', '2.345'], ',', '.', ''],
] as const)('%j beside "%s"', (cells, separator, decimal, thousands) => {
  expect(detectNumberStyle(cells, separator)).toMatchObject({ decimal, thousands, ambiguous: null });
});
