import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addScaledInto } from '#core/numerics/addScaledInto.ts';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { fromRows, zeros } from '#core/numerics/matrix.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { mean } from '#core/numerics/mean.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { quantile } from '#core/numerics/quantile.ts';
import { requireFinite } from '#core/numerics/requireFinite.ts';
import { scaleInto } from '#core/numerics/scaleInto.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';
import { relativeError } from '#tests/support/tolerance.ts';

// Whole numbers make every order of summation exact, so that unrolled loops and their tails can be compared exactly.
const whole = fc.integer({ min: -1000, max: 1000 });
const rows = fc
  .record({ n: fc.integer({ min: 1, max: 9 }), p: fc.integer({ min: 1, max: 9 }) })
  .chain(({ n, p }) => fc.array(fc.array(whole, { minLength: p, maxLength: p }), { minLength: n, maxLength: n }));

describe('products, with every tail of the unrolled loops', () => {
  test('X v', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const v = Float64Array.from(list[0] ?? [], (_, j) => j + 1);
        expect([...matrixTimesVector(fromRows(list), v)]).toEqual(
          list.map((row) => row.reduce((sum, value, j) => sum + value * (j + 1), 0)),
        );
      }),
    );
  });
  test('X’u', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const u = Float64Array.from(list, (_, i) => i - 2);
        const expected = (list[0] ?? []).map((_, j) => list.reduce((sum, row, i) => sum + (row[j] ?? 0) * (i - 2), 0));
        expect([...transposeTimesVector(fromRows(list), u)].map((v) => v + 0)).toEqual(expected.map((v) => v + 0));
      }),
    );
  });
  test('dot, norm2, addScaledInto, scaleInto', () => {
    const a = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect(dot(a, a)).toBe(91);
    expect(norm2(Float64Array.of(3, 4))).toBe(5);
    const out = a.slice();
    addScaledInto(-2, a, out);
    scaleInto(-1, out);
    expect([...out]).toEqual([...a]);
  });
});

describe('column statistics', () => {
  test('means stay exact far from the origin', () => {
    const x = fromRows([[1e9 + 1], [1e9 + 2], [1e9 + 6]]);
    expect(columnMeans(x)[0]).toBe(1e9 + 3);
    expect(mean(Float64Array.from(x.data))).toBe(1e9 + 3);
  });
  test('deviations divide by n − ddof, and a constant column by 1, also when its mean is not exact', () => {
    const x = fromRows([[1, 0.1], [3, 0.1], [5, 0.1]]); // prettier-ignore
    expect([...columnDeviations(x, columnMeans(x), 1)]).toEqual([2, 1]);
    expect([...columnDeviations(fromRows([[4, 4]]), Float64Array.of(4, 4), 1)]).toEqual([1, 1]);
  });
  test('standardised columns have mean 0 and deviation 1', () => {
    const x = fromRows([[1, 10], [2, 30], [4, 20]]); // prettier-ignore
    const means = columnMeans(x);
    const z = standardiseColumns(x, means, columnDeviations(x, means, 0));
    expect(relativeError(columnMeans(z), [0, 0])).toBeLessThan(1e-15);
    expect(relativeError(columnDeviations(z, columnMeans(z), 0), [1, 1])).toBeLessThan(1e-15);
    expect([...standardiseColumns(x, means, null).data.slice(0, 2)]).toEqual([
      1 - (means[0] ?? 0),
      10 - (means[1] ?? 0),
    ]);
  });
  test('no rows', () => {
    expect([...columnMeans(zeros(0, 2))]).toEqual([0, 0]);
  });
});

test('quantiles interpolate as NumPy', () => {
  const values = Float64Array.of(7, 1, 3, 10);
  // numpy.percentile([7, 1, 3, 10], [0, 25, 50, 75, 100]) = 1, 2.5, 5, 7.75, 10
  expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantile(values, q))).toEqual([1, 2.5, 5, 7.75, 10]);
  expect(quantile(new Float64Array(0), 0.5)).toBeNaN();
});

test('NaN and infinity are refused, large numbers are not', () => {
  expect(() => requireFinite(Float64Array.of(1, 1e308, -1e308), 'PLS', 'x')).not.toThrow();
  for (const bad of [NaN, Infinity, -Infinity])
    expect(() => requireFinite(Float64Array.of(1, bad, 2), 'PLS', 'the target')).toThrow(
      expect.objectContaining({
        code: 'numerics.not-finite',
        message: expect.stringContaining('the target') as string,
      }),
    );
});
