import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dot } from '#core/numerics/dot.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { relativeError } from '#tests/support/tolerance.ts';

// Squares of numbers below 1e-150 underflow, which spectra never do.
const entry = fc.double({ min: -10, max: 10, noNaN: true }).map((value) => (Math.abs(value) < 1e-100 ? 0 : value));
const columns = fc.record({ n: fc.integer({ min: 1, max: 7 }), m: fc.integer({ min: 1, max: 9 }) }).chain(({ n, m }) =>
  fc.array(
    fc.array(entry, { minLength: m, maxLength: m }).map((column) => Float64Array.from(column)),
    { minLength: n, maxLength: n },
  ),
);

test('the product gives the matrix back, with orthonormal right vectors in falling order', () => {
  fc.assert(
    fc.property(columns, (a) => {
      const { s, u, v } = jacobiSvd(a);
      const rebuilt = a.map((column, j) =>
        column.map((_, i) => s.reduce((sum, value, k) => sum + value * (u[k]?.[i] ?? 0) * (v[k]?.[j] ?? 0), 0)),
      );
      const scale = Math.max(1e-300, s[0] ?? 0);
      a.forEach((column, j) =>
        column.forEach((value, i) =>
          expect(Math.abs((rebuilt[j]?.[i] ?? NaN) - value)).toBeLessThanOrEqual(1e-13 * scale),
        ),
      );
      for (let k = 1; k < s.length; k++) expect(s[k - 1]).toBeGreaterThanOrEqual(s[k] ?? 0);
      v.forEach((one, i) =>
        v.forEach((other, j) => expect(Math.abs(dot(one, other) - (i === j ? 1 : 0))).toBeLessThan(1e-13)),
      );
    }),
  );
});

test('small singular values of a graded matrix keep their digits', () => {
  // Läuchli’s matrix: singular values √(n + ε²) and ε. Forming A'A would lose ε entirely.
  const epsilon = 1e-9;
  const a = [Float64Array.of(1, epsilon, 0, 0), Float64Array.of(1, 0, epsilon, 0), Float64Array.of(1, 0, 0, epsilon)];
  const { s } = jacobiSvd(a);
  expect(relativeError([s[0] ?? NaN], [Math.sqrt(3 + epsilon ** 2)])).toBeLessThan(1e-14);
  expect(relativeError([s[1] ?? NaN, s[2] ?? NaN], [epsilon, epsilon])).toBeLessThan(1e-6);
});

test('zero and empty matrices', () => {
  expect([...jacobiSvd([new Float64Array(3), new Float64Array(3)]).s]).toEqual([0, 0]);
  expect(jacobiSvd([]).s).toHaveLength(0);
});
