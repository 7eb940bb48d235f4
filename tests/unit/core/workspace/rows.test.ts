import { expect, test } from 'vitest';
import { z } from 'zod';
import { json, parseRow, realOrNull } from '#core/workspace/rows.ts';

const Row = z.strictObject({ id: z.string(), names: json(z.array(z.string())) });

test('a row is parsed, its JSON included', () => {
  expect(parseRow('t', Row, { id: 'a', names: '["x"]' })).toEqual({ id: 'a', names: ['x'] });
});

test.each([{ id: 'a', names: '["x"' }, { id: 'a', names: '[1]' }, { id: 1, names: '[]' }, { id: 'a' }, undefined])(
  'a row that holds something else names its table: %o',
  (row) => {
    expect(() => parseRow('letters', Row, row)).toThrow(
      expect.objectContaining({ code: 'workspace.bad-row', message: expect.stringContaining('"letters"') as string }),
    );
  },
);

test('what is no finite number is none', () => {
  expect([1.5, NaN, Infinity, null].map(realOrNull)).toEqual([1.5, null, null, null]);
});
