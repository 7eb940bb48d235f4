import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis } from '#core/data/axis.ts';
import { fromRows } from '#core/numerics/matrix.ts';
import { transformCalled } from '#tests/support/operators.ts';

const ascending: Axis = { values: Float64Array.of(1000, 1010, 1020, 1030, 1040), unit: 'nm' };
const descending: Axis = { values: Float64Array.of(4000, 3000, 2000, 1000, 400), unit: 'cm-1' };
const x = fromRows([[0, 1, 2, 3, 4]]);

function cropped(axis: Axis, params: Record<string, unknown>): { columns: number[]; axis: number[] } {
  const crop = transformCalled('Crop', params);
  const state = crop.fit(x, axis);
  return {
    columns: [...crop.apply(x, state).data],
    axis: [...(crop.operator.outputAxis?.(axis, state, crop.params).values ?? [])],
  };
}

describe('keeps the region', () => {
  test.each([
    [ascending, {}, [0, 1, 2, 3, 4]],
    [ascending, { from: 1010, to: 1030 }, [1, 2, 3]],
    [ascending, { from: 1030, to: 1010 }, [1, 2, 3]],
    [ascending, { from: 1011 }, [2, 3, 4]],
    [ascending, { to: 1019.9 }, [0, 1]],
    [ascending, { start: 1, end: 3 }, [1, 2]],
    [ascending, { start: 3, end: 99 }, [3, 4]],
    [ascending, { from: 1010, start: 2, end: 4 }, [2, 3]],
    [descending, { from: 1000, to: 3000 }, [1, 2, 3]],
    [descending, { from: 2000 }, [0, 1, 2]],
    [descending, { to: 999 }, [4]],
  ])('%#: %o %o', (axis, params, columns) => {
    expect(cropped(axis, params)).toEqual({ columns, axis: columns.map((j) => axis.values[j]) });
  });
});

describe('an empty region is refused with the range of the axis', () => {
  test.each([
    [
      ascending,
      { from: 2000, to: 2500 },
      '2000 to 2500 nm keeps no channel. The axis runs from 1000 to 1040 nm in 5 channels.',
    ],
    [
      descending,
      { from: 5000 },
      '5000 to the upper end cm⁻¹ keeps no channel. The axis runs from 400 to 4000 cm⁻¹ in 5 channels.',
    ],
    [ascending, { start: 5 }, 'start, end 5 to 5 keeps no channel.'],
  ])('%#: %o %o', (axis, params, sentence) => {
    expect(() => cropped(axis, params)).toThrow(sentence);
  });
});

test('refuses other channels than in training', () => {
  const crop = transformCalled('Crop');
  expect(() => crop.apply(fromRows([[1, 2]]), crop.fit(x, ascending))).toThrow(
    expect.objectContaining({ code: 'numerics.shape' }),
  );
});

test('keeps exactly the channels inside the limits, on any axis', () => {
  const limit = fc.double({ min: 900, max: 1140, noNaN: true });
  fc.assert(
    fc.property(limit, limit, fc.boolean(), (from, to, falls) => {
      const axis: Axis = { values: falls ? ascending.values.slice().reverse() : ascending.values, unit: 'nm' };
      const expected = [...axis.values].filter((value) => value >= Math.min(from, to) && value <= Math.max(from, to));
      fc.pre(expected.length > 0 && from !== to);
      expect(cropped(axis, { from, to }).axis).toEqual(expected);
    }),
  );
});
