import { expect, test } from 'vitest';
import { spectraTable } from '#renderer/charts/spectraTable.ts';

test('one row a wavelength, one column a line', () => {
  const lines = {
    rows: Int32Array.of(0, 1),
    ids: ['a', 'b'],
    p: 2,
    values: Float64Array.of(1, 2, 3, Number.NaN),
    colour: null,
  };
  expect(spectraTable(Float64Array.of(900, 902), 'Wavelength / nm', lines, null)).toEqual({
    columns: ['Wavelength / nm', 'a', 'b'],
    rows: [
      [900, 1, 3],
      [902, 2, null],
    ],
  });
});
