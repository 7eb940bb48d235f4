import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows } from '#core/numerics/matrix.ts';
import { gain, offset, spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const x = fromRows([[1, -4, 7], [2, 0, 7], [6, 2, 7]]); // prettier-ignore

describe('constant columns', () => {
  test.each([
    ['MaxAbsScaler', 1],
    ['RobustScaler', 0],
    ['Pareto', 0],
    ['MinMaxScaler', 0],
  ])('%s scales them by 1', (id, expected) => {
    const out = transformCalled(id).fitApply(x);
    expect([out.data[2], out.data[5], out.data[8]]).toEqual([expected, expected, expected]);
  });
  test('zeros stay zeros', () => {
    for (const id of ['MaxAbsScaler', 'Normalize'])
      expect([...transformCalled(id).fitApply(fromRows([[0], [0]])).data]).toEqual([0, 0]);
  });
});

describe.each(['MaxAbsScaler', 'RobustScaler', 'Pareto', 'Normalize'])('%s', (id) => {
  const scaler = transformCalled(id);
  test('is undone by its inverse, also for samples that it has not seen', () => {
    fc.assert(
      fc.property(spectra(2), gain(), offset(), (training, a, b) => {
        const state = scaler.fit(training);
        const others = { ...training, data: training.data.map((value) => a * value + b) };
        const back = scaler.operator.invert?.(scaler.apply(others, state), state, scaler.params);
        expect(relativeError(back?.data ?? [], others.data)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('limits of the same family', () => {
  test('Pareto with exponent 0 centres, with exponent 1 is autoscaling', () => {
    expect(transformCalled('Pareto', { p: 0 }).fitApply(x)).toEqual(transformCalled('MeanCenter').fitApply(x));
    expect(relativeError(transformCalled('Pareto', { p: 1 }).fitApply(x).data, transformCalled('StandardScaler').fitApply(x).data)).toBeLessThan(1e-15); // prettier-ignore
  });
  test('clipping cuts off what lies outside the training range', () => {
    const scaler = transformCalled('MinMaxScaler', { clip: true });
    expect([...scaler.apply(fromRows([[11, -1, 7]]), scaler.fit(x)).data]).toEqual([1, 0.5, 0]);
  });
  test('quantiles of 0 and 100 have no place in a normal distribution', () => {
    const { params } = transformCalled('RobustScaler').operator;
    expect(params.safeParse({ unit_variance: true, quantile_range: [0, 75] }).success).toBe(false);
    expect(params.safeParse({ quantile_range: [0, 100] }).success).toBe(true);
  });
});
