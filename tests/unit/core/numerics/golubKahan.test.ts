import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { dot } from '#core/numerics/dot.ts';
import { golubKahan } from '#core/numerics/golubKahan.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { relativeError } from '#tests/support/tolerance.ts';

test('X V = U B with orthonormal U and V, also where plain Lanczos loses orthogonality', () => {
  const x = syntheticSpectra(25, 60, 9);
  const krylov = golubKahan(x, syntheticTarget(x, 3), neverCancelled);
  while (krylov.step());
  const { u, v, alpha, beta } = krylov;
  expect(v).toHaveLength(25);
  for (const basis of [u, v])
    basis.forEach((one, i) =>
      basis.forEach((other, j) => expect(Math.abs(dot(one, other) - (i === j ? 1 : 0))).toBeLessThan(1e-13)),
    );
  v.forEach((right, j) => {
    const next = u[j + 1];
    const expected = (u[j] ?? new Float64Array(0)).map(
      (value, i) => (alpha[j] ?? 0) * value + (beta[j] ?? 0) * (next?.[i] ?? 0),
    );
    expect(relativeError(matrixTimesVector(x, right), expected)).toBeLessThan(1e-10);
  });
});

test('a start of zeros has no steps', () => {
  const x = syntheticSpectra(4, 6, 9);
  expect(golubKahan(x, new Float64Array(4), neverCancelled).step()).toBe(false);
});
