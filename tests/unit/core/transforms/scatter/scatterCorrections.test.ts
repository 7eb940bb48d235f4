import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { gain, offset, spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const affine = (x: Matrix, a: number, b: number): Matrix => ({ ...x, data: x.data.map((value) => a * value + b) });
const degenerate = (row: number, what: string): unknown =>
  expect.objectContaining({ code: 'numerics.degenerate', details: { what, row } });

describe('SNV', () => {
  const snv = transformCalled('SNV');
  test('removes any gain and offset', () => {
    fc.assert(
      fc.property(spectra(), gain(), offset(), (x, a, b) => {
        expect(relativeError(snv.fitApply(affine(x, a, b)).data, snv.fitApply(x).data)).toBeLessThan(1e-9);
      }),
    );
  });
  test('names the flat spectrum, also when its mean is not exact', () => {
    expect(() => snv.fitApply(fromRows([[1, 2, 3], [0.1, 0.1, 0.1]]))).toThrow(degenerate(1, 'Standard deviation')); // prettier-ignore
  });
  test('one channel has no deviation', () => {
    expect(() => snv.fitApply(fromRows([[5]]))).toThrow(degenerate(0, 'Standard deviation'));
    expect(() => transformCalled('SNV', { ddof: 1 }).fitApply(fromRows([[5]]))).toThrow(
      degenerate(0, 'Standard deviation'),
    );
  });
});

describe('MSC', () => {
  const msc = transformCalled('MSC');
  test('removes any gain and offset', () => {
    fc.assert(
      fc.property(spectra(2), gain(), offset(), (x, a, b) => {
        const state = msc.fit(x);
        expect(relativeError(msc.apply(affine(x, a, b), state).data, msc.apply(x, state).data)).toBeLessThan(1e-9);
      }),
    );
  });
  test('gives the reference back for the reference', () => {
    const x = fromRows([[1, 2, 4], [3, 2, 0]]); // prettier-ignore
    const state = msc.fit(x);
    expect(
      relativeError(msc.apply(fromRows([[2, 2, 2.5]]), msc.fit(fromRows([[2, 2, 2.5]]))).data, [2, 2, 2.5]),
    ).toBeLessThan(1e-15);
    expect(state).toEqual({ reference: Float64Array.of(2, 2, 2) });
  });
  test('names the spectrum it cannot correct, and a flat reference', () => {
    const reference = msc.fit(fromRows([[1, 2, 3]]));
    expect(() => msc.apply(fromRows([[1, 2, 3], [4, 4, 4]]), reference)).toThrow(degenerate(1, 'Scatter slope')); // prettier-ignore
    expect(() => msc.fitApply(fromRows([[2, 2, 2]]))).toThrow(degenerate(0, 'Scatter slope'));
  });
  test('refuses other channels than in training, and no spectra', () => {
    expect(() => msc.apply(fromRows([[1, 2]]), msc.fit(fromRows([[1, 2, 3]])))).toThrow(
      expect.objectContaining({ code: 'numerics.shape' }),
    );
    expect(() => msc.fit(fromRows([]))).toThrow(expect.objectContaining({ code: 'numerics.too-few' }));
  });
});

describe('VectorNormalization', () => {
  test.each([
    ['l2', [0.6, -0.8]],
    ['l1', [3 / 7, -4 / 7]],
    ['max', [0.75, -1]],
  ])('%s', (norm, expected) => {
    // sklearn.preprocessing.normalize([[3, -4]], norm)
    expect(
      relativeError(transformCalled('VectorNormalization', { norm }).fitApply(fromRows([[3, -4]])).data, expected),
    ).toBeLessThan(1e-15);
  });
  test('removes any gain', () => {
    const normalise = transformCalled('VectorNormalization');
    fc.assert(
      fc.property(spectra(), gain(), (x, a) => {
        expect(relativeError(normalise.fitApply(affine(x, a, 0)).data, normalise.fitApply(x).data)).toBeLessThan(1e-12);
      }),
    );
  });
  test('names the spectrum of zeros', () => {
    expect(() => transformCalled('VectorNormalization').fitApply(fromRows([[0, 0]]))).toThrow(degenerate(0, 'Norm'));
  });
});
