import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { supportVectorDual } from '#core/numerics/supportVectorDual.ts';

test('ends where every variable meets its optimality condition, within the bounds and on the plane', () => {
  fc.assert(
    fc.property(
      fc.nat(100000),
      fc.integer({ min: 4, max: 25 }),
      fc.double({ min: 0.1, max: 50, noNaN: true }),
      (seed, n, c) => {
        const draws = randomState(seed);
        const x = Float64Array.from({ length: n }, () => draws.normal());
        const kernel = (i: number, j: number): number => Math.exp(-(((x[i] ?? 0) - (x[j] ?? 0)) ** 2));
        const sign = Int8Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1));
        const { alpha, rho, settled } = supportVectorDual(
          {
            sample: Int32Array.from(x.keys()),
            sign,
            p: new Float64Array(n).fill(-1),
            c: new Float64Array(n).fill(c),
            column: (i) => Float64Array.from({ length: n }, (_, k) => kernel(k, i)),
            diagonal: new Float64Array(n).fill(1),
            tolerance: 1e-8,
            maxSteps: 1e6,
          },
          neverCancelled,
        );
        expect(settled).toBe(true);
        expect(Math.abs(alpha.reduce((sum, value, i) => sum + value * (sign[i] ?? 0), 0))).toBeLessThan(1e-9 * c * n);
        alpha.forEach((value, i) => {
          expect(value >= 0 && value <= c).toBe(true);
          const decision = alpha.reduce((sum, a, k) => sum + a * (sign[k] ?? 0) * kernel(i, k), -rho);
          const margin = (sign[i] ?? 0) * decision - 1;
          if (value === 0) expect(margin).toBeGreaterThan(-1e-6);
          else if (value === c) expect(margin).toBeLessThan(1e-6);
          else expect(Math.abs(margin)).toBeLessThan(1e-6);
        });
      },
    ),
    { numRuns: 30 },
  );
});
