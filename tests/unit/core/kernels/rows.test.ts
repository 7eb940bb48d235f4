import { expect, test } from 'vitest';
import type { KernelBuild } from '#core/kernels/kernels.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { agrees, BUILDS, forBlocks, noise, perRow, runKernel, TOLERANCE, total } from '#tests/support/kernelRuns.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test('moments: the mean, the squares about it and the largest size of each row', () => {
  forBlocks(1, 1, (x) => {
    const moments = (build: KernelBuild, from: Matrix, figure: number): Float64Array => {
      const [, out = new Float64Array()] = runKernel(
        build,
        [from.data, new Float64Array(3 * from.rows)],
        (k, [at = 0, to = 0]) => {
          k.rowMoments(at, from.rows, from.cols, to);
        },
      );
      return out.filter((_, i) => i % 3 === figure);
    };
    const meanOf = (row: number[]): number => {
      const first = total(row) / row.length;
      return first + total(row.map((value) => value - first)) / row.length;
    };
    agrees(
      x,
      (build, from) => moments(build, from, 0),
      perRow(x, (row) => [meanOf(row)]),
    );
    agrees(
      x,
      (build, from) => moments(build, from, 1),
      perRow(x, (row) => [total(row.map((v) => (v - meanOf(row)) ** 2))]),
    );
    agrees(
      x,
      (build, from) => moments(build, from, 2),
      perRow(x, (row) => [Math.max(...row.map(Math.abs))]),
    );
  });
});

test('moments: a constant row has no squares, an infinite one an infinite mean, one with NaN only NaN', () => {
  const rows = [
    new Float64Array(7).fill(0.1),
    Float64Array.of(1, 2, Infinity, 3, 4, 5, 6),
    Float64Array.of(1, 2, 3, 4, 5, 6, NaN),
  ];
  for (const build of BUILDS) {
    const [a, b, c] = rows.map(
      (row) =>
        runKernel(build, [row, new Float64Array(3)], (k, [at = 0, to = 0]) => {
          k.rowMoments(at, 1, 7, to);
        })[1] ?? new Float64Array(),
    );
    expect(a?.[0]).toBe(0.1);
    expect(Math.abs(a?.[1] ?? NaN)).toBeLessThan(1e-32);
    expect([...(b ?? [])]).toEqual([Infinity, NaN, Infinity]);
    expect([...(c ?? [])].slice(0, 2)).toEqual([NaN, NaN]);
  }
});

test('sizes: sum, absolute sum, least and greatest value of each row', () => {
  forBlocks(1, 1, (x) => {
    const size = (figure: number) => (build: KernelBuild, from: Matrix) =>
      (
        runKernel(build, [from.data, new Float64Array(4 * from.rows)], (k, [at = 0, to = 0]) => {
          k.rowSizes(at, from.rows, from.cols, to);
        })[1] ?? new Float64Array()
      ).filter((_, i) => i % 4 === figure);
    // The sum cancels: it is compared beside the absolute sum.
    for (const build of BUILDS) {
      const sums = perRow(x, (row) => [total(row)]);
      const sizes = size(1)(build, x);
      size(0)(build, x).forEach((sum, i) => {
        expect(Math.abs(sum - (sums[i] ?? NaN))).toBeLessThanOrEqual(1e-14 * (sizes[i] ?? NaN) * x.cols);
      });
    }
    agrees(
      x,
      size(1),
      perRow(x, (row) => [total(row.map(Math.abs))]),
    );
    agrees(
      x,
      size(2),
      perRow(x, (row) => [Math.min(...row)]),
    );
    agrees(
      x,
      size(3),
      perRow(x, (row) => [Math.max(...row)]),
    );
  });
});

test('products: the sum of each row and its product with a vector', () => {
  forBlocks(1, 1, (x) => {
    const v = noise(x.cols, 7).map(Math.abs);
    const positive = { ...x, data: x.data.map(Math.abs) };
    agrees(
      positive,
      (build, from) =>
        runKernel(build, [from.data, v, new Float64Array(2 * from.rows)], (k, [at = 0, w = 0, to = 0]) => {
          k.rowProducts(at, from.rows, from.cols, w, to);
        })[2] ?? new Float64Array(),
      perRow(positive, (row) => [total(row), total(row.map((value, j) => value * (v[j] ?? NaN)))]),
    );
  });
});

test('each row minus its shift, times its factor or over its divisor, with the rounding of those two operations', () => {
  forBlocks(1, 1, (x) => {
    const by = noise(2 * x.rows, 3);
    const expected = (last: (difference: number, by: number) => number): Float64Array =>
      perRow(x, (row, i) => row.map((value) => last(value - (by[2 * i] ?? NaN), by[2 * i + 1] ?? NaN)));
    for (const build of BUILDS)
      for (const name of ['shiftScaleRows', 'shiftDivideRows'] as const) {
        const [result] = runKernel(build, [x.data, by], (k, [at = 0, from = 0]) => {
          k[name](at, x.rows, x.cols, from);
        });
        expect(result).toEqual(expected((a, b) => (name === 'shiftScaleRows' ? a * b : a / b)));
      }
  });
});

test('projection takes off the parts along orthonormal vectors; addition puts multiples of a vector on', () => {
  forBlocks(1, 2, (x) => {
    const p = x.cols;
    const first = new Float64Array(p).fill(1 / Math.sqrt(p));
    const second = Float64Array.from({ length: p }, (_, j) => (j === 0 ? Math.SQRT1_2 : j === 1 ? -Math.SQRT1_2 : 0));
    const project = (build: KernelBuild, from: Matrix): Float64Array =>
      runKernel(build, [from.data, Float64Array.of(...first, ...second)], (k, [at = 0, basis = 0]) => {
        k.projectRows(at, from.rows, p, basis, 2);
      })[0] ?? new Float64Array();
    const size = Math.max(...x.data.map(Math.abs));
    for (const build of BUILDS) {
      const rest = project(build, x);
      for (let i = 0; i < x.rows; i++) {
        const row = [...rest.subarray(i * p, (i + 1) * p)];
        for (const vector of [first, second])
          expect(Math.abs(total(row.map((value, j) => value * (vector[j] ?? NaN))))).toBeLessThanOrEqual(
            1e-13 * size * p,
          );
      }
    }
    agrees(x, project, project('plain', x));
    const factors = Float64Array.from({ length: 2 * x.rows }, (_, i) =>
      i % 2 === 0 ? (x.data[(i / 2) * p] ?? NaN) : NaN,
    );
    for (const build of BUILDS) {
      const [result = new Float64Array()] = runKernel(build, [x.data, factors, first], (k, [at = 0, by = 0, v = 0]) => {
        k.addToRows(at, x.rows, p, by, 2, v);
      });
      const expected = perRow(x, (row) => row.map((value, j) => value + (row[0] ?? NaN) * (first[j] ?? NaN)));
      expect(relativeError(result, expected)).toBeLessThan(TOLERANCE);
    }
  });
});
