import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { doublesAt } from '#core/kernels/kernels.ts';
import {
  baseSums,
  baseVectors,
  derivedGram,
  derivedGramDoubles,
  type GramBase,
} from '#core/numerics/folds/derivedGram.ts';
import { rowAffine, type RowAffine } from '#core/numerics/folds/rowAffine.ts';
import { pivotRow, spectrumOf } from '#core/numerics/folds/sharedProducts.ts';
import { matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { inRoom, withProduct } from '#tests/support/foldForms.ts';
import { tecator } from '#tests/support/golden.ts';
import { transformCalled } from '#tests/support/operators.ts';

/** Of the longest of the terms that each element is made of, in units of the last place. */
const LARGEST_ERROR = 60;
const rowsOf = (x: Matrix): Int32Array => Int32Array.from({ length: x.rows }, (_, i) => i);

/** Chains that only give each spectrum a factor and an offset. */
const CHAINS: readonly (readonly [string, Record<string, unknown>])[][] = [
  [['SNV', {}]],
  [['MSC', {}]],
  [['Detrend', { polyorder: 0 }]],
  [
    ['Detrend', { polyorder: 0 }],
    ['SNV', {}],
  ],
  [
    ['MSC', {}],
    ['SNV', {}],
  ],
  [
    ['SNV', {}],
    ['MSC', {}],
    ['Detrend', { polyorder: 0 }],
  ],
];
const through = (x: Matrix, chain: (typeof CHAINS)[number]): Matrix =>
  chain.reduce((now, [id, params]) => transformCalled(id, params).fitApply(now), x);

/** Spectra that differ by scale effects and offsets far more than by what is in them. */
function uneven(n: number, p: number, seed: number, gain: number, offset: number): Matrix {
  const draws = randomState(seed);
  const x = syntheticSpectra(n, p, seed);
  for (let i = 0; i < n; i++) {
    const [factor, level] = [gain ** draws.random(), offset * draws.normal()];
    rowOf(x, i).set(rowOf(x, i).map((value) => factor * value + level));
  }
  return x;
}

/** The derived matrix and its sizes, by way of the Gram matrix of x. */
function derived(x: Matrix, affine: RowAffine, pivot: number): { product: Float64Array; sizes: Float64Array } {
  const { rows: n, cols: p } = x;
  const shift = spectrumOf({ blocks: [x] }, pivot);
  return inRoom(n * p + 8, (spectra) => {
    const { kernels } = spectra;
    const placed = { at: spectra.take(n * p), rows: n, cols: p };
    doublesAt(kernels, placed.at, n * p).set(x.data.map((value, k) => value - (shift[k % p] ?? NaN)));
    return withProduct(placed, false, undefined, (product) =>
      inRoom(baseVectors(n), (vectors) => {
        const base: GramBase = {
          product,
          alongShift: vectors.take(n),
          sums: vectors.take(n),
          shiftSquares: shift.reduce((sum, value) => sum + value * value, 0),
          shiftSum: shift.reduce((sum, value) => sum + value, 0),
          cols: p,
          pivot,
        };
        inRoom(derivedGramDoubles(n, p), (room) => {
          baseSums(placed, shift, base, room);
        });
        return inRoom(n * n + 8, (out) => {
          const matrixOut = { at: out.take(n * n), rows: n, cols: n };
          const sizes = inRoom(derivedGramDoubles(n, p), (room) => derivedGram(base, affine, matrixOut, room));
          return { product: doublesAt(kernels, matrixOut.at, n * n).slice(), sizes };
        });
      }),
    );
  });
}

/** Largest error of an element, in units of the last place of √(sizeᵢ sizeⱼ). */
function errorInUnits(x: Matrix, y: Matrix): number {
  const affine = rowAffine(x, y, rowsOf(x));
  if (affine === null) throw new Error('The spectra are not row-affine.');
  const pivot = pivotRow({ blocks: [x] }, rowsOf(x));
  const { product, sizes } = derived(x, affine, pivot);
  const c = rowOf(y, pivot);
  let worst = 0;
  for (let i = 0; i < x.rows; i++)
    for (let j = 0; j < x.rows; j++) {
      const [a, b] = [rowOf(y, i), rowOf(y, j)];
      let exact = 0;
      for (let k = 0; k < x.cols; k++) exact += ((a[k] ?? NaN) - (c[k] ?? NaN)) * ((b[k] ?? NaN) - (c[k] ?? NaN));
      const size = Math.sqrt((sizes[i] ?? NaN) * (sizes[j] ?? NaN));
      const error = Math.abs((product[i * x.rows + j] ?? NaN) - exact);
      worst = Math.max(worst, error === 0 ? 0 : error / size / Number.EPSILON);
    }
  return worst;
}

describe('the Gram matrix that follows from that of the spectra before', () => {
  for (const chain of CHAINS) {
    const name = chain.map(([id]) => id).join(' → ');

    test(`${name}: its error is a few units of the last place of its sizes, whatever the scale effects`, () => {
      const cases = fc.record({
        n: fc.integer({ min: 5, max: 24 }),
        p: fc.integer({ min: 16, max: 90 }),
        seed: fc.nat(100_000),
        gain: fc.constantFrom(1, 3, 10),
        offset: fc.constantFrom(0, 1, 30),
      });
      fc.assert(
        fc.property(cases, ({ n, p, seed, gain, offset }) => {
          const x = uneven(n, p, seed, gain, offset);
          expect(errorInUnits(x, through(x, chain))).toBeLessThan(LARGEST_ERROR);
        }),
        { numRuns: 25 },
      );
    });

    test(`${name} of Tecator`, () => {
      const { x } = tecator();
      expect(errorInUnits(x, through(x, chain))).toBeLessThan(LARGEST_ERROR);
    });
  }
});

describe('rowAffine', () => {
  const x = uneven(12, 40, 3, 5, 1);

  test('finds the factor and the offset of each row, in the order asked for', () => {
    const given = { factors: [2, 1, -0.5], offsets: [0, 3, 1e3] };
    const rows = Int32Array.of(7, 0, 3);
    const y = matrix(12, 40, x.data.slice());
    rows.forEach((row, i) => {
      rowOf(y, row).set(rowOf(x, row).map((value) => (given.factors[i] ?? NaN) * value + (given.offsets[i] ?? NaN)));
    });
    const found = rowAffine(x, y, rows);
    given.factors.forEach((factor, i) => {
      expect(found?.factors[i]).toBeCloseTo(factor, 11);
      expect(found?.offsets[i]).toBeCloseTo(given.offsets[i] ?? NaN, 10);
    });
  });

  test.each([
    ['a slope', (value: number, j: number) => value + 1e-3 * j],
    ['noise of a part in a million', (value: number, j: number) => value * (1 + 1e-6 * Math.sin(3 * j * j))],
    ['a curve', (value: number) => value * value],
    ['a scaled channel', (value: number, j: number) => (j % 2 === 0 ? value : 1.1 * value)],
  ])('refuses %s, also of one row only', (_, f) => {
    const all = matrix(
      12,
      40,
      x.data.map((value, at) => f(value, at % 40)),
    );
    expect(rowAffine(x, all, rowsOf(x))).toBeNull();
    const one = matrix(12, 40, x.data.slice());
    rowOf(one, 5).set(rowOf(all, 5));
    expect(rowAffine(x, one, rowsOf(x))).toBeNull();
    // The row is not looked at.
    expect(rowAffine(x, one, Int32Array.of(4, 6))).not.toBeNull();
  });

  test('refuses a flat spectrum, other channels, and values that are not finite', () => {
    const flat = matrix(12, 40, x.data.slice());
    rowOf(flat, 2).fill(1.5);
    expect(rowAffine(flat, x, rowsOf(x))).toBeNull();
    expect(rowAffine(x, matrix(12, 20, new Float64Array(240)), rowsOf(x))).toBeNull();
    for (const bad of [NaN, Infinity]) {
      const broken = matrix(12, 40, x.data.slice());
      broken.data[85] = bad;
      expect(rowAffine(broken, x, rowsOf(x))).toBeNull();
      expect(rowAffine(x, broken, rowsOf(x))).toBeNull();
    }
  });

  test('refuses what is not row-affine among the steps of the catalog', () => {
    for (const [id, params] of [
      ['SavitzkyGolay', { window_length: 7, polyorder: 2, deriv: 1 }],
      ['Detrend', { polyorder: 1 }],
      ['StandardScaler', {}],
    ] as const)
      expect(rowAffine(x, transformCalled(id, params).fitApply(x), rowsOf(x)), id).toBeNull();
  });
});
