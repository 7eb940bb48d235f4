import { expect, test } from 'vitest';
import {
  decimalsForSpread,
  formatAxisValue,
  formatDuration,
  formatNumber,
  formatPercent,
  formatScore,
  formatTimeLeft,
} from '#renderer/locales/format.ts';

test('numbers have significant digits and no noise', () => {
  expect(formatNumber(12.34567)).toBe('12.35');
  expect(formatNumber(0.1 + 0.2)).toBe('0.3');
  expect(formatNumber(0.0000123)).toBe('1.23E-5');
  expect(formatNumber(0)).toBe('0');
  expect(formatNumber(Number.NaN)).toBe('–');
  expect(formatNumber(-0.5, { decimals: 2, sign: true })).toBe('-0.50');
});

test('scores keep three digits so that columns compare', () => {
  expect([0.3, 12, 0.12345].map(formatScore)).toEqual(['0.300', '12.0', '0.123']);
  expect(formatScore(null)).toBe('–');
});

test('wavelengths are not grouped', () => {
  expect(formatAxisValue(1050)).toBe('1050');
  expect(formatAxisValue(1102.5)).toBe('1102.5');
});

test('progress does not reach 100 % before the end', () => {
  expect(formatPercent(0.9999)).toBe('99%');
  expect(formatPercent(1)).toBe('100%');
});

test('times as people say them', () => {
  expect(formatDuration(12.4)).toBe('12 ms');
  expect(formatDuration(3400)).toBe('3.4 s');
  expect(formatDuration(125_000)).toBe('2 min 05 s');
  expect(formatTimeLeft({ low: 0.2, high: 0.9 })).toBe('1 s');
  expect(formatTimeLeft({ low: 12.2, high: 19.1 })).toBe('12–20 s');
  expect(formatTimeLeft({ low: 170, high: 300 })).toBe('2–5 min');
});

test('decimals follow the spread of a column', () => {
  expect([12.7, 3, 0.031, null].map(decimalsForSpread)).toEqual([1, 2, 4, 3]);
});
