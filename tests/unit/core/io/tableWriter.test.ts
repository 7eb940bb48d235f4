import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGrid } from '#core/io/readGrid.ts';
import { writeCsv } from '#core/io/tableWriter.ts';

test('quotes where needed, in either number style', () => {
  const columns = [
    { name: 'sample, id', values: ['a"b', 'plain'] },
    { name: 'fat', values: Float64Array.of(1.5, NaN) },
  ];
  expect(writeCsv(columns)).toBe('"sample, id",fat\r\n"a""b",1.5\r\nplain,\r\n');
  expect(writeCsv(columns, { decimal: ',' })).toBe('sample, id;fat\r\n"a""b";1,5\r\nplain;\r\n');
  expect(writeCsv(columns, { decimal: ',', separator: ',' })).toContain('"1,5"');
});

test('text that a spreadsheet would run is made harmless, numbers stay numbers', () => {
  const values = ['=1+1', '@x', '-5', '+cmd', '\tx'];
  expect(
    writeCsv([{ name: 'id', values }])
      .split('\r\n')
      .slice(1, -1),
  ).toEqual(["'=1+1", "'@x", '-5', "'+cmd", "'\tx"]);
});

test('every double comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
      const text = writeCsv([{ name: 'v', values: Float64Array.from(values) }]);
      const grid = readGrid(
        new TextEncoder().encode(text),
        { separator: ',', comment: '', skipLines: 0 },
        { file: 'v', complete: true, rows: 1e6 },
      );
      expect(grid.rows.slice(1).map(([cell]) => Number(cell) + 0)).toEqual(values.map((value) => value + 0));
    }),
  );
});
