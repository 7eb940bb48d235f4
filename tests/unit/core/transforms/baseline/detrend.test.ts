import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRows } from '#core/numerics/matrix.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { transformCalled } from '#tests/support/operators.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test('removes a polynomial of its order, and a second time nothing', () => {
  const detrend = transformCalled('Detrend', { polyorder: 2 });
  fc.assert(
    fc.property(
      spectra(),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (x, [a = 0, b = 0, c = 0]) => {
        const plain = detrend.fitApply(x);
        const bent = { ...x, data: x.data.map((value, i) => value + a + b * (i % x.cols) + c * (i % x.cols) ** 2) };
        const size = Math.max(...bent.data.map(Math.abs));
        const difference = detrend.fitApply(bent).data.map((value, i) => value - (plain.data[i] ?? 0));
        expect(Math.max(...difference.map(Math.abs)) / size).toBeLessThan(1e-13);
        expect(relativeError(detrend.fitApply(plain).data, plain.data)).toBeLessThan(1e-12);
      },
    ),
  );
});

test('an order that the channels cannot carry is refused', () => {
  expect(() => transformCalled('Detrend', { polyorder: 3 }).fitApply(fromRows([[1, 2, 4]]))).toThrow(
    expect.objectContaining({ code: 'numerics.parameter' }),
  );
});
