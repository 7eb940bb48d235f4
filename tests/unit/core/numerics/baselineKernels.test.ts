import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandedCholeskyInto, bandedSolveInto } from '#core/numerics/bandedCholesky.ts';
import { convolveInto } from '#core/numerics/convolveInto.ts';
import { edgeIndex } from '#core/numerics/edgeIndex.ts';
import { extrapolateEnds } from '#core/numerics/extrapolateEnds.ts';
import { gaussianKernel } from '#core/numerics/gaussianKernel.ts';
import { lowerHull } from '#core/numerics/lowerHull.ts';
import { maskedFit } from '#core/numerics/maskedFit.ts';
import { median } from '#core/numerics/median.ts';
import { movingMaximum, movingMinimum } from '#core/numerics/movingMinimum.ts';
import { orthonormalPolynomials } from '#core/numerics/orthonormalPolynomials.ts';
import { relativeChange } from '#core/numerics/relativeChange.ts';
import { snipInto } from '#core/numerics/snipInto.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const numbers = (minLength = 1): fc.Arbitrary<Float64Array> =>
  fc.array(fc.integer({ min: -50, max: 50 }), { minLength, maxLength: 40 }).map((list) => Float64Array.from(list));

describe('bandedCholesky', () => {
  test('solves a system that was worked out by hand', () => {
    // [4 2 0; 2 5 2; 0 2 5] z = [8 18 19] has z = [1 2 3].
    const factor = [Float64Array.of(4, 5, 5), Float64Array.of(2, 2, 0)];
    expect(bandedCholeskyInto(factor)).toBe(true);
    const z = Float64Array.of(8, 18, 19);
    bandedSolveInto(factor, z);
    expect(relativeError(z, [1, 2, 3])).toBeLessThan(1e-15);
  });
  test('refuses a matrix that is not positive definite', () => {
    expect(bandedCholeskyInto([Float64Array.of(1, 1), Float64Array.of(2, 0)])).toBe(false);
    expect(bandedCholeskyInto([Float64Array.of(NaN)])).toBe(false);
  });
});

test('edgeIndex follows the drawings of SciPy', () => {
  const beyond = (mode: Parameters<typeof edgeIndex>[2]): number[] =>
    [-5, -4, -3, -2, -1, 0, 3, 4, 5, 6, 7].map((i) => edgeIndex(i, 4, mode));
  expect(beyond('reflect')).toEqual([3, 3, 2, 1, 0, 0, 3, 3, 2, 1, 0]);
  expect(beyond('mirror')).toEqual([1, 2, 3, 2, 1, 0, 3, 2, 1, 0, 1]);
  expect(beyond('nearest')).toEqual([0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3]);
  expect(beyond('wrap')).toEqual([3, 0, 1, 2, 3, 0, 3, 0, 1, 2, 3]);
  expect(beyond('constant')).toEqual([-1, -1, -1, -1, -1, 0, 3, -1, -1, -1, -1]);
  expect(edgeIndex(-3, 1, 'mirror')).toBe(0);
});

test('the moving minimum and maximum are those of every window', () => {
  fc.assert(
    fc.property(numbers(), fc.integer({ min: 0, max: 45 }), (values, half) => {
      const windows = Array.from(values, (_, i) => values.slice(Math.max(0, i - half), i + half + 1));
      expect([...movingMinimum(values, half)]).toEqual(windows.map((window) => Math.min(...window)));
      expect([...movingMaximum(values, half)].map((v) => v + 0)).toEqual(windows.map((window) => Math.max(...window)));
    }),
  );
});

test('the lower hull is convex, nowhere above the values, and touches both ends', () => {
  fc.assert(
    fc.property(numbers(2), (values) => {
      const hull = [...lowerHull(values)];
      const at = (j: number): number => hull[j] ?? NaN;
      expect([hull[0], hull.at(-1)]).toEqual([values[0], values.at(-1)]);
      values.forEach((value, j) => {
        expect(at(j)).toBeLessThanOrEqual(value + 1e-12);
      });
      for (let j = 1; j + 1 < hull.length; j++) expect(at(j - 1) + at(j + 1) - 2 * at(j)).toBeGreaterThan(-1e-12);
    }),
  );
});

test('ends go on along a straight line', () => {
  const line = Float64Array.from({ length: 12 }, (_, j) => 4 - 0.5 * j);
  const longer = Float64Array.from({ length: 18 }, (_, j) => 4 - 0.5 * (j - 3));
  expect(relativeError(extrapolateEnds(line, 3), longer)).toBeLessThan(1e-14);
  expect([...extrapolateEnds(Float64Array.of(1, 5), 1)]).toEqual([1, 1, 5, 5]);
  expect([...extrapolateEnds(Float64Array.of(1, 3), 2)]).toEqual([-3, -1, 1, 3, 5, 7]);
  expect([...extrapolateEnds(Float64Array.of(1, 3), 0)]).toEqual([1, 3]);
});

test('the Gaussian derivative of a power of the place is its derivative', () => {
  for (const order of [0, 1, 2, 3]) {
    const kernel = gaussianKernel(2.5, order, 30);
    // At place 0, the order-th derivative of tᵏ/k! is 1 for k = order, and 0 for lower k.
    const moment = (k: number): number => kernel.reduce((sum, weight, j) => sum + weight * (j - 30) ** k, 0);
    const factorial = [1, 1, 2, 6][order] ?? NaN;
    expect(moment(order) / factorial).toBeCloseTo(1, 9);
    for (let k = 0; k < order; k++) expect(moment(k)).toBeCloseTo(0, 9);
  }
});

test('a masked fit reads only the places that count, and equals the plain fit when all do', () => {
  const basis = orthonormalPolynomials(20, 3).values;
  const cubic = Float64Array.from({ length: 20 }, (_, j) => 1 - j + 0.3 * j ** 2 - 0.01 * j ** 3);
  const counts = Uint8Array.from({ length: 20 }, (_, j) => (j % 3 === 0 ? 0 : 1));
  const disturbed = cubic.map((value, j) => (counts[j] === 1 ? value : 1e3));
  expect(relativeError(maskedFit(basis, counts)(disturbed), cubic)).toBeLessThan(1e-11);
  expect(relativeError(maskedFit(basis, new Uint8Array(20).fill(1))(disturbed), maskedFit(basis, null)(disturbed))).toBeLessThan(1e-12); // prettier-ignore
  // Two places determine a line; the higher polynomials are left out.
  const two = Uint8Array.from({ length: 20 }, (_, j) => (j === 4 || j === 9 ? 1 : 0));
  const line = maskedFit(basis, two)(cubic);
  expect(line[4]).toBeCloseTo(cubic[4] ?? NaN, 9);
  expect(line[9]).toBeCloseTo(cubic[9] ?? NaN, 9);
});

test('a round of peak clipping, worked out by hand', () => {
  const values = Float64Array.of(0, 1, 8, 1, 4, 1);
  snipInto(1, 2, 0, values);
  // 1 < (0 + 8)/2 stays; 8 > (1 + 1)/2 is clipped to 1; 1 < (8 + 4)/2 stays; 4 > 1 is clipped.
  expect([...values]).toEqual([0, 1, 1, 1, 1, 1]);
  const smoothed = Float64Array.of(0, 1, 8, 1, 4, 1);
  snipInto(1, 2, 1, smoothed);
  // What stays becomes the mean of three: (0 + 1 + 8)/3 and (8 + 1 + 4)/3.
  expect(relativeError(smoothed, [0, 3, 1, 13 / 3, 1, 1])).toBeLessThan(1e-15);
});

test('moving sums, medians and relative changes', () => {
  fc.assert(
    fc.property(numbers(7), numbers(1), (values, all) => {
      const weights = all.subarray(0, Math.min(7, all.length));
      const out = new Float64Array(values.length - weights.length + 1);
      convolveInto(values, weights, out);
      out.forEach((sum, j) => {
        expect(sum).toBe(weights.reduce((total, weight, k) => total + weight * (values[j + k] ?? NaN), 0));
      });
    }),
  );
  expect([median(Float64Array.of(3, 1, 2)), median(Float64Array.of(4, 1, 3, 2))]).toEqual([2, 2.5]);
  expect(median(new Float64Array(0))).toBeNaN();
  expect(relativeChange(Float64Array.of(3, 4), Float64Array.of(3, 4.5))).toBe(0.1);
});
