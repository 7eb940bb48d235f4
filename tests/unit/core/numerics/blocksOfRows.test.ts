import { expect, test } from 'vitest';
import { columnDeviations } from '#core/numerics/columnDeviations.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { takeRows, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { overBlocks } from '#core/numerics/overBlocks.ts';
import { squaredDistances } from '#core/numerics/squaredDistances.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { throughKernels } from '#core/numerics/throughKernels.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Several blocks of narrow and of wide rows, a last block that is not full, and rows that need more than the usual room. */
const SIZES = [
  { n: 519, p: 17 },
  { n: 37, p: 2001 },
  { n: 9, p: 60_000 },
];
const OPERATORS: readonly [string, Record<string, unknown>][] = [
  ['SNV', {}],
  ['MSC', {}],
  ['EMSC', {}],
  ['LocalSNV', {}],
  ['SavitzkyGolay', { window_length: 15, polyorder: 2, deriv: 1 }],
  ['MovingAverage', { window_size: 9, mode: 'wrap' }],
  ['NorrisWilliams', {}],
  ['Detrend', { polyorder: 2 }],
  ['VectorNormalization', {}],
  ['AreaNormalization', { method: 'trapz' }],
  ['MinMaxNormalization', {}],
  ['StandardScaler', {}],
];

test.each(OPERATORS)('%s %j: the same bytes for all spectra together and for each alone', (id, given) => {
  for (const { n, p } of SIZES) {
    const x = syntheticSpectra(n, p, 4);
    const before = x.data.slice();
    const { fit, apply } = transformCalled(id, given);
    const state = fit(x);
    const together = apply(x, state);
    for (const i of new Set([0, 1, 4, 15, 16, 255, 256, 517, n - 2, n - 1].filter((row) => row < n)))
      expect(together.data.subarray(i * p, (i + 1) * p)).toEqual(apply(takeRows(x, [i]), state).data);
    expect(x.data).toEqual(before);
  }
});

test('statistics of columns far from zero are exact to the last digits', () => {
  for (const { n, p } of SIZES) {
    const x = syntheticSpectra(n, p, 5);
    const moved: Matrix = { ...x, data: x.data.map((value) => value + 1e4) };
    const means = columnMeans(moved);
    const near = columnMeans(x);
    expect(
      relativeError(
        means,
        near.map((mean) => mean + 1e4),
      ),
    ).toBeLessThan(3e-16);
    const sums = columnMeans(standardiseColumns(moved, means, null));
    expect(Math.max(...sums.map(Math.abs))).toBeLessThan(2e-12);
    expect(relativeError(columnDeviations(moved, means, 1), columnDeviations(x, near, 1))).toBeLessThan(1e-9);
  }
});

test('distances of many rows are those of their pairs', () => {
  const x = syntheticSpectra(300, 41, 6);
  const found = squaredDistances(x);
  const expected = zeros(300, 300);
  for (let i = 0; i < 300; i++)
    for (let j = 0; j < 300; j++) {
      let sum = 0;
      for (let k = 0; k < 41; k++) sum += ((x.data[i * 41 + k] ?? NaN) - (x.data[j * 41 + k] ?? NaN)) ** 2;
      expected.data[i * 300 + j] = sum;
    }
  expect(relativeError(found.data, expected.data)).toBeLessThan(1e-13);
  const [some] = [squaredDistances(takeRows(x, [299, 0, 123]))];
  expect([...some.data]).toEqual([299, 0, 123].flatMap((i) => [299, 0, 123].map((j) => found.data[i * 300 + j])));
});

test('nothing to pass through', () => {
  const doubled = (x: Matrix): Matrix =>
    throughKernels(x, {}, ({ values }) => {
      values.forEach((value, at) => (values[at] = 2 * value));
    });
  expect(doubled(zeros(0, 5))).toEqual(zeros(0, 5));
  expect(doubled(zeros(3, 0))).toEqual(zeros(3, 0));
});

test('blocks come in order, each row once, beside vectors and room that stay in place', () => {
  const x = syntheticSpectra(519, 17, 7);
  const seen: number[] = [];
  const vector = Float64Array.of(3, 1, 4);
  overBlocks(x, { held: [vector, vector], scratch: 5, figures: 2 }, (room, rows, first) => {
    for (let i = 0; i < rows; i++) {
      expect(room.values[i * 17]).toBe(x.data[(first + i) * 17]);
      room.figureValues.set([first + i, i], 2 * i);
      seen.push(first + i);
    }
    const [a = 0, b = 0] = room.held;
    expect(room.kernels.dot(a, b, 3)).toBe(26);
  });
  expect(seen).toEqual(Array.from({ length: 519 }, (_, i) => i));
});
