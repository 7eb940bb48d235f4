import '#tests/support/propertySeed.ts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { doublesAt, loadLocalKernels, type KernelBuild, type LocalKernels, type Place } from '#core/kernels/kernels.ts';
import { localMemory, PAGE } from '#core/kernels/webAssembly.ts';
import { matrix, rowOf, type Matrix } from '#core/numerics/matrix.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Straightforward sums and the kernels differ by roundings alone; so do the builds. */
export const TOLERANCE = 1e-10;
export const BUILDS: readonly KernelBuild[] = ['relaxed', 'plain'];
const kernelsOf = { relaxed: loadLocalKernels(localMemory(16)), plain: loadLocalKernels(localMemory(16), 'plain') };

/** Noise of any size on a level that may be 10⁴ times larger. */
const blocks = (minRows = 1, minCols = 1): fc.Arbitrary<Matrix> =>
  fc
    .record({
      rows: fc.integer({ min: minRows, max: minRows + 9 }),
      cols: fc.integer({ min: minCols, max: minCols + 40 }),
      scale: fc.constantFrom(1, 1e-300, 1e-100, 1e100),
      level: fc.constantFrom(0, 1, -1e4),
      seed: fc.nat(1_000_000),
    })
    .map(({ rows, cols, scale, level, seed }) => {
      const draws = randomState(seed);
      return matrix(
        rows,
        cols,
        new Float64Array(rows * cols).map(() => (draws.normal() + level) * scale),
      );
    });

/** Runs a kernel on copies of some vectors, which lie one behind the other, and returns them all. */
export function runKernel(
  build: KernelBuild,
  vectors: readonly Float64Array[],
  kernel: (k: LocalKernels, places: Place[]) => void,
): Float64Array[] {
  const kernels = kernelsOf[build];
  let next = PAGE;
  const places = vectors.map(({ length }) => (next += 8 * length) - 8 * length);
  vectors.forEach((vector, i) => {
    doublesAt(kernels, places[i] ?? 0, vector.length).set(vector);
  });
  kernel(kernels, places);
  return vectors.map((vector, i) => doublesAt(kernels, places[i] ?? 0, vector.length).slice());
}

/** Checks what a kernel makes of rows: near the expected figures, in both builds, the same bits for every row alone. */
export function agrees(
  x: Matrix,
  call: (build: KernelBuild, x: Matrix) => Float64Array,
  expected: ArrayLike<number>,
): void {
  expect(relativeError(call('relaxed', x), call('plain', x))).toBeLessThan(TOLERANCE);
  for (const build of BUILDS) {
    const result = call(build, x);
    expect(relativeError(result, expected)).toBeLessThan(TOLERANCE);
    const alone = Array.from({ length: x.rows }, (_, i) => [...call(build, matrix(1, x.cols, rowOf(x, i)))]);
    expect([...result]).toEqual(alone.flat());
  }
}

/** Straightforward figures of each row, one row after the other. */
export const perRow = (x: Matrix, f: (row: number[], i: number) => readonly number[]): Float64Array =>
  Float64Array.from(Array.from({ length: x.rows }, (_, i) => f([...rowOf(x, i)], i)).flat());
export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
export const noise = (n: number, seed: number): Float64Array => {
  const draws = randomState(seed);
  return new Float64Array(n).map(() => draws.normal());
};
/** A property of blocks of rows with at least so many rows and columns. */
export const forBlocks = (minRows: number, minCols: number, property: (x: Matrix) => void, numRuns = 60): void => {
  fc.assert(fc.property(blocks(minRows, minCols), property), { numRuns });
};

/** What one number must lie between to stand for another: roundings of sums of terms of that size. */
const ROUNDINGS = 1e-13;
/** Behind every vector: a kernel that writes too far is noticed. */
const GUARD = Float64Array.of(7.25, -3.5, 1e77);

/**
 * Checks everything that a kernel leaves in memory against plain loops, in both builds: its results, what it was given
 * (which must be untouched), and what stands behind each vector.
 *
 * @param loops does the same to the vectors, in place
 * @param size of the terms that are added up; where absent, the largest result of the same loops without any signs
 */
export function leavesSame(
  vectors: readonly Float64Array[],
  kernel: (k: LocalKernels, places: Place[]) => void,
  loops: (vectors: readonly Float64Array[]) => void,
  size?: number,
): void {
  const expected = vectors.map((vector) => vector.slice());
  loops(expected);
  const unsigned = vectors.map((vector) => vector.map(Math.abs));
  loops(unsigned);
  const results = BUILDS.map((build) => {
    const guarded = runKernel(
      build,
      vectors.flatMap((vector) => [vector, GUARD]),
      (k, places) => {
        kernel(
          k,
          places.filter((_, at) => at % 2 === 0),
        );
      },
    );
    guarded.forEach((found, at) => {
      if (at % 2 === 1) expect(found, `${build}: behind vector ${at >> 1}`).toEqual(GUARD);
    });
    return guarded.filter((_, at) => at % 2 === 0);
  });
  expected.forEach((wanted, v) => {
    const limit = ROUNDINGS * (size ?? largest([...wanted, ...(unsigned[v] ?? []), ...(vectors[v] ?? [])]));
    for (const [b, result] of results.entries())
      expect(largestDifference(result[v] ?? [], wanted), `${BUILDS[b] ?? ''}: vector ${v}`).toBeLessThanOrEqual(limit);
    if (size === undefined)
      expect(relativeError(results[0]?.[v] ?? [], results[1]?.[v] ?? []), 'builds').toBeLessThan(TOLERANCE);
  });
}

const largest = (values: readonly number[]): number => values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);

/** NaN and other lengths are infinitely far. */
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let top = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs((a[i] ?? NaN) - (b[i] ?? NaN));
    if (!(d <= top)) top = Number.isNaN(d) ? Infinity : d;
  }
  return top;
}

/** Element i of a vector; NaN beyond its end. */
export const at = (vector: ArrayLike<number> | undefined, i: number): number => vector?.[i] ?? NaN;
