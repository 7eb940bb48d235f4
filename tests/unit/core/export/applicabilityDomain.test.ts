import { expect, test } from 'vitest';
import { applicabilityDomain, domainFlags } from '#core/export/applicabilityDomain.ts';
import { fromRows } from '#core/numerics/matrix.ts';

const x = fromRows(Array.from({ length: 21 }, (_, i) => [i, 20 - i]));
const domain = applicabilityDomain(x, Float64Array.from([3, NaN, 7]));

test('range of the target and the 5–95 % band of each wavelength', () => {
  expect(domain).toEqual({
    samples: 21,
    y: { min: 3, max: 7 },
    x: { low: Float64Array.of(1, 1), high: Float64Array.of(19, 19) }, // numpy.quantile(range(21), [0.05, 0.95])
  });
});

test('flags what lies outside', () => {
  const flags = domainFlags(domain, fromRows([[5, 5], [0, 5], [-1, 40]]), Float64Array.of(5, 2.9, NaN)); // prettier-ignore
  expect(flags).toEqual({ outsideY: [false, true, true], outsideX: Float64Array.of(0, 0.5, 1) });
});

test('a large set is described by a thousand of its rows', () => {
  const many = fromRows(Array.from({ length: 5001 }, (_, i) => [i]));
  const { low, high } = applicabilityDomain(many, Float64Array.of(1)).x;
  expect(low[0]).toBeCloseTo(250, -1);
  expect(high[0]).toBeCloseTo(4750, -1);
});
