import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, matrix, type Matrix } from '#core/numerics/matrix.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const light = (most = 1): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 3, maxLength: 20 })
    .map((values) => fromRows([values.map((value) => most * value)]));

/** There and back: what the second undoes of the first. */
describe.each([
  ['ReflectanceToAbsorbance', {}, 'AbsorbanceToReflectance', {}, 1],
  ['ReflectanceToAbsorbance', { percent: true }, 'AbsorbanceToReflectance', { target_type: 'reflectance%' }, 100],
  [
    'ToAbsorbance',
    { source_type: 'transmittance%' },
    'AbsorbanceToReflectance',
    { target_type: 'transmittance%' },
    100,
  ],
  ['PercentToFraction', {}, 'FractionToPercent', {}, 100],
  ['FractionToPercent', {}, 'PercentToFraction', {}, 1],
] as const)('%s %o and %s %o', (there, thereParams, back, backParams, most) => {
  test('cancel each other', () => {
    fc.assert(
      fc.property(light(most), (x) => {
        const once = transformCalled(there, thereParams).fitApply(x);
        expect(relativeError(transformCalled(back, backParams).fitApply(once).data, x.data)).toBeLessThan(1e-13);
      }),
    );
  });
});

test('darkness and more than white are cut off', () => {
  const x = fromRows([[-0.1, 0, 0.5, 1.2]]);
  expect([...transformCalled('ReflectanceToAbsorbance').fitApply(x).data.subarray(0, 2)]).toEqual([8, 8]);
  expect([...transformCalled('ToAbsorbance').fitApply(x).data.subarray(0, 2)]).toEqual([10, 10]);
  const kubelka = transformCalled('KubelkaMunk', { epsilon: 0.01 }).fitApply(x).data;
  expect(relativeError(kubelka, [49.005, 49.005, 0.25, 0.0001 / 1.98])).toBeLessThan(1e-12);
});

test('the Kubelka–Munk function falls with the reflectance', () => {
  fc.assert(
    fc.property(light(), (x) => {
      const sorted = matrix(1, x.cols, x.data.slice().sort());
      const { data } = transformCalled('KubelkaMunk').fitApply(sorted);
      for (let j = 1; j < data.length; j++) expect(data[j]).toBeLessThanOrEqual(data[j - 1] ?? NaN);
    }),
  );
});

describe('LogTransform', () => {
  const column = (...values: number[]): Matrix => matrix(values.length, 1, Float64Array.from(values));
  const log = transformCalled('LogTransform', { base: 10 });
  test('lifts new samples as it lifted the training samples', () => {
    const state = log.fit(column(-1, 0, 9));
    expect(state).toEqual({ offset: 1 + 1e-8 });
    expect(relativeError(log.apply(column(99), state).data, [Math.log10(100 + 1e-8)])).toBeLessThan(1e-15);
    // Below all training samples: counts as the least value.
    expect(log.apply(column(-5), state).data[0]).toBeCloseTo(-8, 12);
  });
  test('leaves positive data where they are', () => {
    expect(log.fit(column(1, 10))).toEqual({ offset: 0 });
  });
  test('predictions come back in the unit of the target', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 1e3, noNaN: true }), { minLength: 1 }), (values) => {
        const y = column(...values);
        const state = log.fit(y);
        const back = log.operator.invert?.(log.apply(y, state), state, log.params);
        expect(relativeError(back?.data ?? [], y.data)).toBeLessThan(1e-13);
      }),
    );
  });
  test('without an automatic offset, names the sample that has no logarithm', () => {
    const plain = transformCalled('LogTransform', { auto_offset: false });
    expect(() => plain.fitApply(column(1, 0))).toThrow(
      expect.objectContaining({ code: 'numerics.degenerate', details: { what: 'Logarithm', row: 1 } }),
    );
    expect(() => log.apply(column(NaN), log.fit(column(1)))).toThrow(
      expect.objectContaining({ code: 'numerics.degenerate' }),
    );
  });
});
