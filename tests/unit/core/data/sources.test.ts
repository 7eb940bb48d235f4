import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, sideBySide, sourcesOf } from '#core/data/sources.ts';
import { joinColumns, matrix } from '#core/numerics/matrix.ts';

test('columns of all sources, joined again, are the matrix', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), fc.nat(5), (widths, rows) => {
      const cols = widths.reduce((sum, width) => sum + width, 0);
      const x = matrix(
        rows,
        cols,
        Float64Array.from({ length: rows * cols }, (_, k) => k),
      );
      const { sources, axis } = sideBySide(
        widths.map((width, k) => ({
          name: `s${k}`,
          axis: { values: new Float64Array(width), unit: 'nm' },
          signal: 'absorbance',
        })),
      );
      expect(joinColumns(sources.map((source) => columnsOf(x, source)))).toEqual(x);
      expect(sources.map(({ from, to }) => to - from)).toEqual(widths);
      expect(axis).toEqual({ values: Float64Array.from({ length: cols }, (_, j) => j), unit: 'index' });
    }),
  );
});

test('an ordinary dataset is one source, and its columns are not copied', () => {
  const x = matrix(
    2,
    3,
    Float64Array.from({ length: 6 }, (_, k) => k),
  );
  const axis = { values: new Float64Array([1100, 1102, 1104]), unit: 'nm' as const };
  expect(sourcesOf({ source: { name: 'X.csv', axis, x, signal: 'reflectance' } })).toEqual([
    { name: 'X.csv', from: 0, to: 3, axis, signal: 'reflectance' },
  ]);
  expect(columnsOf(x, { from: 0, to: 3 })).toBe(x);
});

test('columns of shared memory stay there', () => {
  const x = matrix(2, 3, new Float64Array(new SharedArrayBuffer(48)));
  expect(columnsOf(x, { from: 1, to: 3 }).data.buffer).toBeInstanceOf(SharedArrayBuffer);
});
