import { describe, expect, test } from 'vitest';
import { parseNumber, parseNumbers, scrub } from '#renderer/builder/fields/numberText.ts';
import { parameterOf } from '#tests/support/operatorDescriptors.ts';

describe('typed numbers', () => {
  test.each([
    ['12', 12],
    [' 0,5 ', 0.5],
    ['-1e-3', -0.001],
    ['.5', 0.5],
    ['', null],
    ['1.2.3', null],
    ['1 000', null],
    ['Infinity', null],
    ['0x10', null],
  ])('%j is %j', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test('lists take commas, semicolons and blanks', () => {
    expect(parseNumbers('1, 2;3 4')).toEqual([1, 2, 3, 4]);
    expect(parseNumbers('1, two')).toBeNull();
    expect(parseNumbers('')).toEqual([]);
  });
});

describe('arrow keys', () => {
  test('keep a Savitzky–Golay window odd and within its limits', () => {
    const window = parameterOf('SavitzkyGolay', 'window_length');
    expect(scrub(window, 11, 1, false)).toBe(13);
    expect(scrub(window, 11, -1, true)).toBe(window.min);
  });

  test('move a regularisation by its second digit and never to zero', () => {
    const alpha = { ...parameterOf('Ridge', 'alpha'), exclusiveMin: 0 };
    expect(scrub(alpha, 1, 1, false)).toBe(1.1);
    expect(scrub(alpha, 0.001, -1, true)).toBe(0.001);
  });
});
