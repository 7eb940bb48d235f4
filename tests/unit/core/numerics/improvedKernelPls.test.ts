import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { dot } from '#core/numerics/dot.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { rowOf, zeros, type Matrix } from '#core/numerics/matrix.ts';
import { mean } from '#core/numerics/mean.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test.each([
  [40, 25],
  [25, 60],
  [31, 31],
])('agrees with NIPALS, which deflates X, on %i × %i', (n, p) => {
  const raw = syntheticSpectra(n, p, n);
  const x = standardiseColumns(raw, columnMeans(raw), null);
  const target = syntheticTarget(raw, p);
  const y = target.map((value) => value - mean(target));
  const { coefs } = improvedKernelPls(x, y, 8, neverCancelled);
  const expected = nipals(x, y, 8);
  coefs.forEach((coef, a) => expect(relativeError(coef, expected[a] ?? []), `${a + 1} components`).toBeLessThan(1e-9));
});

test('ends at the rank: n samples have n − 1 components', () => {
  const raw = syntheticSpectra(6, 40, 1);
  const x = standardiseColumns(raw, columnMeans(raw), null);
  const y = Float64Array.of(1, -2, 3, 0.5, -1.5, -1);
  expect(improvedKernelPls(x, y, 20, neverCancelled).rank).toBe(5);
});

test('ends when y is explained, and finds nothing in a constant y', () => {
  const x = { rows: 4, cols: 2, data: Float64Array.of(1, 0, -1, 0, 0, 3, 0, -3) };
  expect(improvedKernelPls(x, Float64Array.of(1, -1, 0, 0), 2, neverCancelled).rank).toBe(1);
  expect(improvedKernelPls(x, new Float64Array(4), 2, neverCancelled).rank).toBe(0);
  expect(improvedKernelPls(zeros(4, 2), Float64Array.of(1, -1, 0, 0), 2, neverCancelled).rank).toBe(0);
});

test('asking for more components does not change the first ones', () => {
  const raw = syntheticSpectra(30, 20, 4);
  const x = standardiseColumns(raw, columnMeans(raw), null);
  const y = x.data.slice(0, 30);
  const few = improvedKernelPls(x, y, 3, neverCancelled).coefs;
  const many = improvedKernelPls(x, y, 9, neverCancelled).coefs.slice(0, 3);
  expect(few).toEqual(many);
});

/** NIPALS for one response (Wold 1975), written for clarity: regression vectors for 1 … components. */
function nipals(x: Matrix, y: Float64Array, components: number): Float64Array[] {
  const e = { ...x, data: x.data.slice() };
  const W: Float64Array[] = [];
  const P: Float64Array[] = [];
  const R: Float64Array[] = [];
  const b = new Float64Array(x.cols);
  return Array.from({ length: components }, () => {
    const w = Float64Array.from({ length: x.cols }, (_, j) =>
      y.reduce((sum, value, i) => sum + value * (e.data[i * x.cols + j] ?? 0), 0),
    );
    const size = Math.sqrt(dot(w, w));
    const unit = w.map((value) => value / size);
    const t = Float64Array.from({ length: x.rows }, (_, i) => dot(rowOf(e, i), unit));
    const tt = dot(t, t);
    const p = Float64Array.from(
      { length: x.cols },
      (_, j) => t.reduce((sum, value, i) => sum + value * (e.data[i * x.cols + j] ?? 0), 0) / tt,
    );
    for (let i = 0; i < x.rows; i++)
      for (let j = 0; j < x.cols; j++)
        e.data[i * x.cols + j] = (e.data[i * x.cols + j] ?? 0) - (t[i] ?? 0) * (p[j] ?? 0);
    const r = unit.slice();
    P.forEach((loading, k) => {
      const along = dot(loading, unit);
      R[k]?.forEach((value, j) => (r[j] = (r[j] ?? 0) - along * value));
    });
    const q = dot(t, y) / tt;
    W.push(unit);
    P.push(p);
    R.push(r);
    r.forEach((value, j) => (b[j] = (b[j] ?? 0) + q * value));
    return b.slice();
  });
}
