import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { improvedKernelPls } from '#core/numerics/improvedKernelPls.ts';
import { mean } from '#core/numerics/mean.ts';
import { multiResponseOrthogonalFilter } from '#core/numerics/multiResponseOrthogonalFilter.ts';
import { multiResponsePls } from '#core/numerics/multiResponsePls.ts';
import { orthogonalFilter } from '#core/numerics/orthogonalFilter.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { transposeTimesVector } from '#core/numerics/transposeTimesVector.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';

const raw = syntheticSpectra(25, 18, 31);
const x = standardiseColumns(raw, columnMeans(raw), null);
const centred = (y: Float64Array): Float64Array => y.map((value) => value - mean(y));
const y = centred(syntheticTarget(raw, 32));
const z = centred(Float64Array.from({ length: raw.rows }, (_, i) => (i % 3 === 0 ? 1 : 0)));

test('with one response it is the kernel for one response', () => {
  const many = multiResponsePls(x, [y], 5, neverCancelled);
  const one = improvedKernelPls(x, y, 5, neverCancelled);
  expect(many.rank).toBe(one.rank);
  many.coefs.forEach((coef, a) => expect(relativeError(coef[0] ?? [], one.coefs[a] ?? [])).toBeLessThan(1e-9));
});

test('a repeated response changes nothing', () => {
  const twice = multiResponsePls(x, [y, y], 4, neverCancelled).coefs.at(-1);
  const once = multiResponsePls(x, [y], 4, neverCancelled).coefs.at(-1);
  for (const coef of twice ?? []) expect(relativeError(coef, once?.[0] ?? [])).toBeLessThan(1e-9);
});

test('with one response the orthogonal filter is that of O-PLS', () => {
  const many = multiResponseOrthogonalFilter(x, [y], 3, neverCancelled);
  const one = orthogonalFilter(x, y, 3, neverCancelled);
  expect(many.count).toBe(3);
  expect(relativeError(many.filtered.data, one.remove(x, 3).data)).toBeLessThan(1e-9);
});

test('what the orthogonal filter removes covaries with no response', () => {
  const { filtered } = multiResponseOrthogonalFilter(x, [y, z], 3, neverCancelled);
  for (const response of [y, z])
    expect(relativeError(transposeTimesVector(filtered, response), transposeTimesVector(x, response))).toBeLessThan(
      1e-10,
    );
});
