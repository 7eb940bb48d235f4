import { expect, test } from 'vitest';
import { toCsv } from '#renderer/charts/toCsv.ts';

const table = { columns: ['sample', 'fat, %'], rows: [['a "1"', 12.25], ['b', null], ['c', Number.NaN], ['d', 1 / 3]] }; // prettier-ignore

test('quotes what needs it and keeps full precision', () => {
  expect(toCsv(table, { separator: ',', decimal: '.' })).toBe(
    'sample,"fat, %"\r\n"a ""1""",12.25\r\nb,\r\nc,\r\nd,0.3333333333333333\r\n',
  );
});

test('writes decimal commas with semicolons', () => {
  expect(toCsv(table, { separator: ';', decimal: ',' })).toContain('"a ""1""";12,25\r\n');
});

test('a decimal comma beside a comma separator is a quoted cell, so that the file can be read back', () => {
  expect(toCsv({ columns: ['x'], rows: [[1.5]] }, { separator: ',', decimal: ',' })).toBe('x\r\n"1,5"\r\n');
});
