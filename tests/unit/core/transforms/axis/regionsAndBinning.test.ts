import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis } from '#core/data/axis.ts';
import { fromRows, takeRows } from '#core/numerics/matrix.ts';
import { referenceGolden, tecator } from '#tests/support/golden.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';
import { fitContext, transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const axis: Axis = { values: Float64Array.of(4000, 3000, 2000, 1000, 400), unit: 'cm-1' };
const x = fromRows([[0, 1, 2, 3, 4]]);

function run(id: string, params: Record<string, unknown>) {
  const { operator, params: parsed } = transformCalled(id, params);
  const context = fitContext(x, { axis });
  const state = operator.fit(x, parsed, context);
  return {
    channels: [...operator.apply(x, state, parsed).data],
    axis: [...(operator.outputAxis?.(axis, state, parsed).values ?? [])],
    notices: context.notices,
  };
}

describe('regions', () => {
  test.each([
    [[[3000, 4000]], [0, 1]],
    [
      [
        [400, 1000],
        [4000, 3500],
      ],
      [0, 3, 4],
    ],
    [
      [
        [500, 2000],
        [1000, 3000],
      ],
      [1, 2, 3],
    ],
    [[[2000, 2000]], [2]],
  ])('%j', (regions, kept) => {
    const keep = run('KeepRegions', { regions });
    expect(keep.channels).toEqual(kept);
    expect(keep.axis).toEqual(kept.map((j) => axis.values[j]));
    expect(run('CutRegions', { regions }).channels).toEqual([0, 1, 2, 3, 4].filter((j) => !kept.includes(j)));
  });

  test('without a region everything stays', () => {
    for (const id of ['KeepRegions', 'CutRegions']) expect(run(id, {}).channels).toEqual([0, 1, 2, 3, 4]);
  });
  test('a region without a channel is told, and none with one is an error', () => {
    const regions = [
      [5000, 6000],
      [3000, 4000],
    ];
    expect(run('KeepRegions', { regions }).notices).toEqual([
      'KeepRegions: the region 5000 to 6000 holds no channel. The axis runs from 400 to 4000 cm⁻¹ in 5 channels.',
    ]);
    expect(() => run('KeepRegions', { regions: [[5000, 6000]] })).toThrow('regions hold no channel.');
    expect(() => run('CutRegions', { regions: [[0, 6000]] })).toThrow('nothing is left');
  });

  test('kept and cut channels are all channels, on any axis and for any regions', () => {
    const place = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 4 }), (regions) => {
        const inside = [...axis.values].filter((value) =>
          regions.some(([a, b]) => value >= Math.min(a, b) && value <= Math.max(a, b)),
        );
        fc.pre(inside.length > 0 && inside.length < 5);
        const kept = run('KeepRegions', { regions }).axis;
        const rest = run('CutRegions', { regions }).axis;
        expect(kept).toEqual(inside);
        expect([...kept, ...rest].sort((a, b) => b - a)).toEqual([...axis.values]);
      }),
    );
  });
});

describe('Binning', () => {
  test('takes means of channels and of the axis; the last bin may be smaller', () => {
    const binned = run('Binning', { bin_size: 2 });
    expect(binned.channels).toEqual([0.5, 2.5, 4]);
    expect(binned.axis).toEqual([3500, 1500, 400]);
  });

  withReferenceData('agrees with prospectr on Tecator', () =>
    test('values', () => {
      const { binning_10: expected } = referenceGolden('r_preprocess_tecator.json') as {
        binning_10: { rows_1based: number[]; values: number[][] };
      };
      const rows = takeRows(
        tecator().x,
        expected.rows_1based.map((row) => row - 1),
      );
      const binned = transformCalled('Binning', { bin_size: 10 }).fitApply(rows);
      expect(relativeError(binned.data, expected.values.flat())).toBeLessThan(1e-13);
    }),
  );

  test('bins of one channel change nothing', () => {
    expect(run('Binning', { bin_size: 1 }).channels).toEqual([...x.data]);
  });
});
