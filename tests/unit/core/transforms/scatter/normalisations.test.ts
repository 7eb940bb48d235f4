import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { gain, offset, spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const affine = (x: Matrix, a: number, b: number): Matrix => ({ ...x, data: x.data.map((value) => a * value + b) });
const degenerate = (row: number, what: string): unknown =>
  expect.objectContaining({ code: 'numerics.degenerate', details: { what, row } });

describe.each(['LocalSNV', 'RobustSNV', 'MinMaxNormalization'])('%s', (id) => {
  const normalise = transformCalled(id);
  test('removes any gain and offset', () => {
    fc.assert(
      fc.property(spectra(), gain(), offset(), (x, a, b) => {
        expect(relativeError(normalise.fitApply(affine(x, a, b)).data, normalise.fitApply(x).data)).toBeLessThan(1e-8);
      }),
    );
  });
});

describe.each(['sum', 'abs_sum', 'trapz'])('AreaNormalization by %s', (method) => {
  const normalise = transformCalled('AreaNormalization', { method });
  test('removes any gain and gives the area 1', () => {
    fc.assert(
      fc.property(spectra(), gain(), (x, a) => {
        const out = normalise.fitApply(x);
        expect(relativeError(normalise.fitApply(affine(x, a, 0)).data, out.data)).toBeLessThan(1e-12);
        expect(relativeError(normalise.fitApply(out).data, out.data)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe('EMSC', () => {
  test('of degree 0 is MSC', () => {
    fc.assert(
      fc.property(spectra(2), (x) => {
        const [emsc, msc] = [transformCalled('EMSC', { degree: 0 }), transformCalled('MSC')];
        expect(relativeError(emsc.fitApply(x).data, msc.fitApply(x).data)).toBeLessThan(1e-10);
      }),
    );
  });
  test('removes a gain and any parabola', () => {
    const emsc = transformCalled('EMSC');
    fc.assert(
      fc.property(spectra(2), gain(), offset(), offset(), offset(), (x, a, b, c, d) => {
        const state = emsc.fit(x);
        const t = (at: number): number => (at % x.cols) / x.cols;
        const bent = { ...x, data: x.data.map((value, at) => a * value + b + c * t(at) + d * t(at) ** 2) };
        expect(relativeError(emsc.apply(bent, state).data, emsc.apply(x, state).data)).toBeLessThan(1e-9);
      }),
    );
  });
  test('names a spectrum without the shape of the reference, and a reference without a shape', () => {
    const emsc = transformCalled('EMSC', { degree: 1 });
    const state = emsc.fit(fromRows([[1, 3, 2, 5, 4]]));
    expect(() => emsc.apply(fromRows([[1, 2, 3, 4, 5]]), state)).toThrow(degenerate(0, 'Scatter slope'));
    expect(() => emsc.fitApply(fromRows([[1, 2, 3, 4, 5]]))).toThrow(degenerate(0, 'Scatter slope'));
    expect(() => emsc.apply(fromRows([[1, 2]]), state)).toThrow(expect.objectContaining({ code: 'numerics.shape' }));
    expect(() => emsc.fit(fromRows([]))).toThrow(expect.objectContaining({ code: 'numerics.too-few' }));
    expect(() => emsc.fitApply(fromRows([[1, 2]]))).toThrow(expect.objectContaining({ code: 'numerics.parameter' }));
  });
});

describe('what has nothing to scale by', () => {
  test.each([
    ['RobustSNV', 'Median absolute deviation'],
    ['MinMaxNormalization', 'Range of values'],
  ])('%s names a flat spectrum', (id, what) => {
    expect(() => transformCalled(id).fitApply(fromRows([[1, 2, 4], [3, 3, 3]]))).toThrow(degenerate(1, what)); // prettier-ignore
  });
  test('area normalisation names a spectrum whose area cancels', () => {
    expect(() => transformCalled('AreaNormalization').fitApply(fromRows([[0.1, 0.2, -0.3]]))).toThrow(
      degenerate(0, 'Area'),
    );
  });
  test('a flat window is centred only', () => {
    const out = transformCalled('LocalSNV', { window: 3 }).fitApply(fromRows([[0.3, 0.3, 0.3, 0.3, 9, 1]]));
    expect(Math.max(...out.data.subarray(0, 3).map(Math.abs))).toBeLessThan(1e-15);
    expect(() => transformCalled('LocalSNV').fitApply(fromRows([[1, 2, 3]]))).toThrow(
      expect.objectContaining({ code: 'numerics.parameter' }),
    );
  });
});
