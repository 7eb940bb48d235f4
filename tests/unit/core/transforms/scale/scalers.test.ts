import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, zeros } from '#core/numerics/matrix.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const x = fromRows([[1, 7, 0.1], [2, 7, 0.1], [6, 7, 0.1]]); // prettier-ignore

test('StandardScaler divides a constant column by 1 (scikit-learn: scale_ = 1), also when its mean is not exact', () => {
  const { data } = transformCalled('StandardScaler').fitApply(x);
  const sd = Math.sqrt(14 / 3); // numpy.std([1, 2, 6])
  expect(relativeError(data, [-2 / sd, 0, 0, -1 / sd, 0, 0, 3 / sd, 0, 0])).toBeLessThan(1e-15);
});

test('StandardScaler without mean or deviation leaves that part alone', () => {
  expect([...transformCalled('StandardScaler', { with_mean: false, with_std: false }).fitApply(x).data]).toEqual([
    ...x.data,
  ]);
});

describe('MinMaxScaler', () => {
  test('fills the range with the training values; a constant column goes to its lower end', () => {
    const { data } = transformCalled('MinMaxScaler', { feature_range: [-1, 1] }).fitApply(x);
    expect(relativeError(data, [-1, -1, -1, -0.6, -1, -1, 1, -1, -1])).toBeLessThan(1e-15);
  });
  test('new values may leave the range', () => {
    const scaler = transformCalled('MinMaxScaler');
    expect(scaler.apply(fromRows([[11, 7, 0.1]]), scaler.fit(x)).data[0]).toBe(2);
  });
});

test('MeanCenter removes the training mean', () => {
  const centre = transformCalled('MeanCenter');
  expect([...centre.apply(fromRows([[4, 8, 0.1]]), centre.fit(x)).data.slice(0, 2)]).toEqual([1, 1]);
});

test.each(['StandardScaler', 'MinMaxScaler', 'MeanCenter'])(
  '%s cannot learn from nothing, and keeps to its columns',
  (id) => {
    const scaler = transformCalled(id);
    expect(() => scaler.fit(zeros(0, 3))).toThrow(expect.objectContaining({ code: 'numerics.too-few' }));
    expect(() => scaler.apply(fromRows([[1, 2]]), scaler.fit(x))).toThrow(
      expect.objectContaining({ code: 'numerics.shape' }),
    );
  },
);

test.each(['StandardScaler', 'MinMaxScaler'])('%s does not care about the unit of the spectra', (id) => {
  const scaler = transformCalled(id);
  fc.assert(
    fc.property(spectra(3), (spectrum) => {
      const percent = { ...spectrum, data: spectrum.data.map((value) => 100 * value) };
      expect(relativeError(scaler.fitApply(percent).data, scaler.fitApply(spectrum).data)).toBeLessThan(1e-9);
    }),
  );
});
