import fc from 'fast-check';
import { zeros, type Matrix } from '#core/numerics/matrix.ts';
import { randomState } from '#core/base/randomState.ts';

/** Smooth spectra with a few bands, an offset and a little noise; n × p, all values finite. */
export function syntheticSpectra(n: number, p: number, seed: number): Matrix {
  const draws = randomState(seed);
  const x = zeros(n, p);
  for (let i = 0; i < n; i++) {
    const heights = [draws.random(), draws.random(), draws.random(), draws.random()];
    const offset = draws.random();
    for (let j = 0; j < p; j++) {
      let value = 1 + offset;
      heights.forEach((height, k) => {
        value += height * Math.exp(-(((j / p - 0.15 - 0.23 * k) / 0.08) ** 2));
      });
      x.data[i * p + j] = value + 1e-3 * draws.normal();
    }
  }
  return x;
}

/** A target that depends linearly on the spectra, with noise. */
export function syntheticTarget(x: Matrix, seed: number): Float64Array {
  const draws = randomState(seed);
  return Float64Array.from({ length: x.rows }, (_, i) => {
    const at = (share: number): number => x.data[i * x.cols + Math.floor(share * x.cols)] ?? 0;
    return 10 + 4 * at(0.15) - 2 * at(0.61) + 0.01 * draws.normal();
  });
}

/** Spectra of any sensible size. */
export const spectra = (minRows = 1, minCols = 15): fc.Arbitrary<Matrix> =>
  fc
    .record({
      n: fc.integer({ min: minRows, max: minRows + 8 }),
      p: fc.integer({ min: minCols, max: minCols + 40 }),
      seed: fc.nat(1_000_000),
    })
    .map(({ n, p, seed }) => syntheticSpectra(n, p, seed));

/** A multiplicative effect, as of path length. */
export const gain = (): fc.Arbitrary<number> => fc.double({ min: 0.2, max: 5, noNaN: true });

/** An additive effect, as of a baseline shift. */
export const offset = (): fc.Arbitrary<number> => fc.double({ min: -2, max: 2, noNaN: true });
