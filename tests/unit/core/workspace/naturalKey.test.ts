import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naturalKey } from '#core/workspace/naturalKey.ts';

const sorted = (texts: readonly string[]) => texts.toSorted((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : 1));

test('numbers count as numbers, capitals do not count', () => {
  expect(sorted(['S10', 's9', 'S1', 'a100b20', 'A100b3'])).toEqual(['A100b3', 'a100b20', 'S1', 's9', 'S10']);
  expect(naturalKey('S001')).toBe(naturalKey('s1'));
});

test('whole numbers sort as whole numbers', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      expect(Math.sign(naturalKey(`x${a}`).localeCompare(naturalKey(`x${b}`), 'en'))).toBe(Math.sign(a - b));
    }),
  );
});
