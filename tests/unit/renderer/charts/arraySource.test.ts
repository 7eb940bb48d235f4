import { expect, test } from 'vitest';
import { arraySource } from '#renderer/charts/arraySource.ts';
import { drawsLines } from '#renderer/charts/spectraSource.ts';

const source = arraySource({
  key: 'three',
  axis: Float64Array.of(1000, 1100),
  unit: 'nm',
  signal: 'processed',
  ids: ['a', 'b', 'c'],
  values: Float64Array.of(0, 10, 1, 20, 4, 30),
  rows: Int32Array.of(7, 3, 5),
});

test('answers lines by their row numbers', async () => {
  const { ids, values, rows } = await source.lines(Int32Array.of(5, 99), 10, null);
  expect(ids).toEqual(['c']);
  expect(Array.from(rows)).toEqual([5]);
  expect(Array.from(values)).toEqual([4, 30]);
});

test('spreads a limited choice over all spectra', async () => {
  expect((await source.lines(null, 2, null)).ids).toEqual(['a', 'b']);
  expect((await source.lines(null, 9, null)).ids).toEqual(['a', 'b', 'c']);
});

test('finds the nearest spectrum at the nearest wavelength', async () => {
  expect(await source.nearest(1020, 3)).toEqual({ row: 5, id: 'c', wavelength: 1000, value: 4 });
  expect(await source.nearest(1090, 19)).toEqual({ row: 3, id: 'b', wavelength: 1100, value: 20 });
});

test('interpolates quantiles as type 7 does', async () => {
  const { min, p25, median, max } = await source.bands();
  expect(Array.from(min)).toEqual([0, 10]);
  expect(Array.from(p25)).toEqual([0.5, 15]);
  expect(Array.from(median)).toEqual([1, 20]);
  expect(Array.from(max)).toEqual([4, 30]);
});

test('lines for small sets, density for large ones', () => {
  expect(drawsLines({ n: 215, axis: new Float64Array(100) })).toBe(true);
  expect(drawsLines({ n: 400, axis: new Float64Array(300) })).toBe(true);
  expect(drawsLines({ n: 401, axis: new Float64Array(10) })).toBe(false);
  expect(drawsLines({ n: 300, axis: new Float64Array(2000) })).toBe(false);
});
