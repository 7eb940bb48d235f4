import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newLine, shiftLines } from '#renderer/builder/textKeys.ts';

const at = (marked: string) => {
  const start = marked.indexOf('|');
  return { text: marked.replace('|', ''), start, end: start };
};

test('a new line keeps the indent and goes deeper after a colon', () => {
  expect(newLine(at('  - SNV|')).text).toBe('  - SNV\n  ');
  expect(newLine(at('pipeline:|')).text).toBe('pipeline:\n  ');
  expect(newLine(at('a: # note|\nb')).text).toBe('a: # note\n  \nb');
  expect(newLine({ text: 'abcd', start: 1, end: 3 }).text).toBe('a\nd');
});

test('shifts the lines of the selection, and only those', () => {
  const shifted = shiftLines({ text: 'a\nb\nc', start: 2, end: 5 }, true);
  expect(shifted.text).toBe('a\n  b\n  c');
  expect(shiftLines({ ...shifted }, false).text).toBe('a\nb\nc');
});

test('shifting right and left again gives the text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '-') }), fc.nat(), fc.nat(), (text, a, b) => {
      const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
      const right = shiftLines({ text, start, end }, true);
      expect(shiftLines(right, false).text).toBe(text);
      expect(right.start).toBeLessThanOrEqual(right.end);
    }),
  );
});
