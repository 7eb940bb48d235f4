import { expect, test } from 'vitest';
import { joinAxes, joinViews } from '#core/data/views.ts';
import { fromRows, zeros } from '#core/numerics/matrix.ts';

test('views stand side by side in their order, none of them shares memory with the result', () => {
  const first = fromRows([[1, 2], [3, 4]]); // prettier-ignore
  const joined = joinViews([first, fromRows([[5], [6]])]);
  expect(joined).toEqual(fromRows([[1, 2, 5], [3, 4, 6]])); // prettier-ignore
  expect(joinViews([first]).data.buffer).not.toBe(first.data.buffer);
  expect(joinViews([zeros(0, 2), zeros(0, 3)])).toEqual(zeros(0, 5));
});

test('views of another number of spectra are refused', () => {
  expect(() => joinViews([zeros(2, 1), zeros(3, 1)])).toThrow('expected 2 spectra each, found 3');
});

test('axes of one spectral unit are joined value by value, others become channel numbers', () => {
  const nm = (...values: number[]) => ({ values: Float64Array.from(values), unit: 'nm' as const });
  const channels = { values: Float64Array.of(0, 1), unit: 'index' as const };
  expect(joinAxes([nm(850, 852), nm(850)])).toEqual(nm(850, 852, 850));
  expect(joinAxes([nm(850, 852), channels])).toEqual({ values: Float64Array.of(0, 1, 2, 3), unit: 'index' });
  expect(joinAxes([channels, channels])).toEqual({ values: Float64Array.of(0, 1, 2, 3), unit: 'index' });
});
