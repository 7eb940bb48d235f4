import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellText, RecordScanner, type ScanFormat } from '#core/io/recordScanner.ts';

function scan(
  text: string,
  format: Partial<ScanFormat> = {},
  chunk = 1_000_000,
): { rows: string[][]; lines: number[] } {
  const rows: string[][] = [];
  const lines: number[] = [];
  const scanner = new RecordScanner('t.csv', { separator: ',', comment: '', skipLines: 0, ...format }, (record) => {
    rows.push(Array.from({ length: record.count }, (_, k) => cellText(record, k)));
    lines.push(record.line);
    return true;
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.slice(at, at + chunk));
  scanner.finish();
  return { rows, lines };
}

test('the cut of the chunks does not matter', () => {
  const cell = fc.oneof(
    fc.stringMatching(/^[a-zé0-9.]{1,6}$/),
    fc.constantFrom('a"b', 'x,y', 'two\nlines', '"', 'tab\tin'),
  );
  const law = fc.property(
    fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('\n', '\r\n'),
    fc.integer({ min: 1, max: 9 }),
    (rows, end, chunk) => {
      const text = rows
        .map((row) => row.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(','))
        .join(end);
      expect(scan(text, {}, chunk).rows).toEqual(rows);
    },
  );
  fc.assert(law, { numRuns: 500 });
});

test('lines are counted as an editor counts them', () => {
  const text = 'title\n\n# note "\na,"1\n2"\n\nb,3';
  expect(scan(text, { comment: '#', skipLines: 1 })).toEqual({ rows: [['a', '1\n2'], ['b', '3']], lines: [4, 7] }); // prettier-ignore
});

test('blanks part cells in any number, and quoted cells keep theirs', () => {
  expect(scan('  a   "b c" \t d\n1 2 3', { separator: ' ' }).rows).toEqual([['a', 'b c', 'd'], ['1', '2', '3']]); // prettier-ignore
});

test('lines of separators only are blank', () => {
  expect(scan('a,b\n,,\n \n1,2\n,').rows).toEqual([['a', 'b'], ['1', '2']]); // prettier-ignore
});

test('a quotation mark inside plain text is a letter', () => {
  expect(scan('a,5" pipe\nb,6').rows).toEqual([['a', '5" pipe'], ['b', '6']]); // prettier-ignore
});

test('too many columns are refused before they fill the memory', () => {
  expect(() => scan(','.repeat(100_001))).toThrow(expect.objectContaining({ code: 'data.too-large' }));
});

test('an unclosed quotation mark is refused where it opens', () => {
  expect(() => scan('a,b\n1,"x\n2,3\n')).toThrow(
    expect.objectContaining({ code: 'data.unbalanced-quote', details: { file: 't.csv', line: 2 } }),
  );
});
