import { expect, test } from 'vitest';
import type { KernelBuild } from '#core/kernels/kernels.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { BUILDS, forBlocks, noise, runKernel, TOLERANCE } from '#tests/support/kernelRuns.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** What straightforward loops find for each column. */
const perColumn = (x: Matrix, start: Float64Array, next: (known: number, value: number, j: number) => number) =>
  start.map((known, j) => {
    let result = known;
    for (let i = 0; i < x.rows; i++) result = next(result, x.data[i * x.cols + j] ?? NaN, j);
    return result;
  });

type Name = 'columnSums' | 'columnSquares' | 'columnLimits';
/** The two vectors of a kernel on columns after it ran on x. */
const vectorsAfter = (name: Name, build: KernelBuild, x: Matrix, a: Float64Array, b: Float64Array) => {
  const [, first = a, second = b] = runKernel(build, [x.data, a, b], (k, [at = 0, toA = 0, toB = 0]) => {
    k[name](at, x.rows, x.cols, toA, toB);
  });
  return { first, second };
};

test('sums and squares of columns about a shift are added to what is there', () => {
  forBlocks(1, 1, (x) => {
    const shift = x.data.slice(0, x.cols);
    const start = noise(x.cols, 5).map((value) => value * Math.abs(x.data[0] ?? NaN));
    const squaresStart = start.map((value) => value * value);
    for (const build of BUILDS) {
      expect(vectorsAfter('columnSums', build, x, shift, start).second).toEqual(
        perColumn(x, start, (sum, value, j) => sum + (value - (shift[j] ?? NaN))),
      );
      const squares = vectorsAfter('columnSquares', build, x, shift, squaresStart).second;
      const expected = perColumn(x, squaresStart, (sum, value, j) => sum + (value - (shift[j] ?? NaN)) ** 2);
      expect(relativeError(squares, expected)).toBeLessThan(TOLERANCE);
    }
  });
});

test('a column has the same figures wherever it stands', () => {
  forBlocks(1, 2, (x) => {
    const turned = { ...x, data: x.data.slice() };
    for (let i = 0; i < x.rows; i++) turned.data.subarray(i * x.cols, (i + 1) * x.cols).reverse();
    const nothing = new Float64Array(x.cols);
    for (const build of BUILDS)
      for (const name of ['columnSums', 'columnSquares'] as const)
        expect(vectorsAfter(name, build, turned, nothing, nothing).second.reverse()).toEqual(
          vectorsAfter(name, build, x, nothing, nothing).second,
        );
  });
});

test('limits of columns pass over NaN', () => {
  forBlocks(2, 1, (x) => {
    const start = x.data.slice(0, x.cols);
    x.data[x.cols] = NaN;
    for (const build of BUILDS) {
      const { first: least, second: greatest } = vectorsAfter('columnLimits', build, x, start, start);
      expect(least).toEqual(perColumn(x, start, (known, value) => (value < known ? value : known)));
      expect(greatest).toEqual(perColumn(x, start, (known, value) => (value > known ? value : known)));
    }
  });
});

test('columns less their shift over their scale, with the rounding of those operations', () => {
  forBlocks(1, 1, (x) => {
    const shift = noise(x.cols, 1);
    const scale = noise(x.cols, 2);
    const expected = x.data.map(
      (value, at) => (value - (shift[at % x.cols] ?? NaN)) / (scale[at % x.cols] ?? NaN) + 0.3,
    );
    for (const build of BUILDS) {
      const [result] = runKernel(build, [x.data, shift, scale], (k, [at = 0, s = 0, d = 0]) => {
        k.standardiseRows(at, x.rows, x.cols, s, d, 0.3);
      });
      expect(result).toEqual(expected);
    }
  });
});

test('distances of rows: exact zeros, the same number both ways and wherever the pair stands', () => {
  forBlocks(2, 1, (x) => {
    const { rows: n, cols: p, data } = x;
    const square = (i: number, j: number): number => {
      let sum = 0;
      for (let k = 0; k < p; k++) sum += ((data[i * p + k] ?? NaN) - (data[j * p + k] ?? NaN)) ** 2;
      return sum;
    };
    const expected = Float64Array.from({ length: n * n }, (_, at) => square(Math.floor(at / n), at % n));
    for (const build of BUILDS) {
      const between = (from: number, rows: number, others: number): Float64Array =>
        runKernel(build, [data, new Float64Array(n * (n + 1))], (k, [at = 0, out = 0]) => {
          k.distances(at + 8 * p * from, rows, at, others, p, out, n + 1);
        })[1] ?? new Float64Array();
      const all = between(0, n, n);
      const square = Float64Array.from(
        { length: n * n },
        (_, at) => all[Math.floor(at / n) * (n + 1) + (at % n)] ?? NaN,
      );
      expect(relativeError(square, expected)).toBeLessThan(TOLERANCE);
      for (let i = 0; i < n; i++) {
        expect(square[i * n + i]).toBe(0);
        const alone = between(i, 1, n).subarray(0, n);
        expect(alone).toEqual(square.slice(i * n, (i + 1) * n));
        expect(alone).toEqual(square.filter((_, at) => at % n === i));
      }
    }
  });
});
