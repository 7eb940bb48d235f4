import { describe, expect, test } from 'vitest';
import type { Axis, AxisUnit } from '#core/data/axis.ts';
import { axisInWords, axisMatchInWords, checkAxis, pickColumns } from '#core/export/checkAxis.ts';
import { fromRows } from '#core/numerics/matrix.ts';

const axis = (values: number[], unit: AxisUnit = 'nm'): Axis => ({ values: Float64Array.from(values), unit });
const grid = (from: number, step: number, n: number): number[] => Array.from({ length: n }, (_, j) => from + step * j);

describe('accepted', () => {
  test.each([
    ['the same axis', grid(850, 2, 100), grid(850, 2, 100)],
    ['an axis written with a difference of 5e-5 nm', grid(850, 2, 100), grid(850.00005, 2, 100)],
    ['a single precision axis', grid(900, 1.7, 50), grid(900, 1.7, 50).map(Math.fround)],
    ['a descending axis', grid(9000, -4, 50), grid(9000, -4, 50)],
    ['an axis that names a point twice', [1, 2, 2, 3], [1, 2, 2, 3]],
  ])('%s', (_, model, file) => {
    expect(checkAxis(axis(model), axis(file))).toEqual({ columns: null, dropped: 0, compared: true });
  });

  test('more points on the same grid: the model picks its own', () => {
    const match = checkAxis(axis([1002, 1004]), axis(grid(1000, 2, 5)));
    expect(match).toEqual({ columns: Int32Array.of(1, 2), dropped: 3, compared: true });
    expect(pickColumns(fromRows([[10, 11, 12, 13, 14]]), match).data).toEqual(Float64Array.of(11, 12));
    expect(axisMatchInWords(match, axis([1002, 1004]))).toBe(
      '3 points of the file that the model does not use were left out.',
    );
  });

  test('the reversed axis: columns are put in the order of the model', () => {
    const match = checkAxis(axis([1000, 1002, 1004]), axis([1004, 1002, 1000]));
    expect(match.columns).toEqual(Int32Array.of(2, 1, 0));
    expect(axisMatchInWords(match, axis([1]))).toContain('order of the model');
  });

  test('channels without wavelengths: the number must match, and it is said that nothing more was compared', () => {
    const match = checkAxis(axis([1000, 1002]), axis([0, 1], 'index'));
    expect(match).toEqual({ columns: null, dropped: 0, compared: false });
    expect(axisMatchInWords(match, axis([1000, 1002]))).toContain('Only the number of channels (2)');
    expect(checkAxis(axis([0, 1], 'index'), axis([0, 1], 'index')).compared).toBe(true);
  });
});

describe('refused, with both axes in words', () => {
  test.each([
    ['another grid', grid(850, 2, 100), grid(851, 2, 100), '100 points of the model are not in the file'],
    [
      'a shorter range',
      grid(850, 2, 100),
      grid(850, 2, 99),
      '1 point of the model is not in the file, the first at 1048 nm',
    ],
    ['a shift of half a step on a fine grid', grid(1, 0.001, 5), grid(1.0005, 0.001, 5), 'not in the file'],
    ['nothing', grid(850, 2, 3), [], '3 points of the model are not in the file'],
  ])('%s', (_, model, file, words) => {
    expect(() => checkAxis(axis(model), axis(file))).toThrow(words);
  });

  test('wavenumbers instead of nanometres', () => {
    expect(() => checkAxis(axis(grid(850, 2, 100)), axis(grid(850, 2, 100), 'cm-1'))).toThrow(
      'their units differ. The model expects 100 points from 850 to 1048 nm, 2 apart; the file has 100 points from 850 to 1048 cm⁻¹, 2 apart. Nothing was resampled.',
    );
  });

  test('another number of channels', () => {
    expect(() => checkAxis(axis([0, 1, 2], 'index'), axis([0, 1], 'index'))).toThrow('the number of channels differs');
  });
});

test('an uneven axis is said to be uneven', () => {
  expect(axisInWords(axis([1, 2, 4]))).toBe('3 points from 1 to 4 nm, unevenly spaced');
  expect(axisInWords(axis([1]))).toBe('1 point at 1 nm');
  expect(axisInWords(axis([0, 1], 'index'))).toBe('2 channels without wavelengths');
});
