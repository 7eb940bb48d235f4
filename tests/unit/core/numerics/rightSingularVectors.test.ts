import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { columnOf, rowOf } from '#core/numerics/matrix.ts';
import { jacobiSvd } from '#core/numerics/jacobiSvd.ts';
import { dot } from '#core/numerics/dot.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { norm2 } from '#core/numerics/norm2.ts';
import { rightSingularVectors } from '#core/numerics/rightSingularVectors.ts';
import { syntheticSpectra } from '#tests/support/arbitraries.ts';
import { largestRelativeError } from '#tests/support/tolerance.ts';

test.each([
  [30, 8],
  [8, 30],
  [12, 12],
])('%i × %i: the values of a direct decomposition, and orthonormal vectors that belong to them', (n, p) => {
  const x = syntheticSpectra(n, p, 4);
  const { s, v } = rightSingularVectors(x, neverCancelled);
  const direct = jacobiSvd(
    n > p ? Array.from({ length: p }, (_, j) => columnOf(x, j)) : Array.from({ length: n }, (_, i) => rowOf(x, i)),
  );
  expect(largestRelativeError(s, direct.s)).toBeLessThan(1e-11);
  v.forEach((vector, k) => {
    expect(norm2(matrixTimesVector(x, vector)) / (s[k] ?? NaN)).toBeCloseTo(1, 9);
    v.forEach((other, m) => expect(dot(vector, other)).toBeCloseTo(k === m ? 1 : 0, 10));
  });
});
