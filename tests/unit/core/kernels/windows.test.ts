import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KernelBuild } from '#core/kernels/kernels.ts';
import { foldWindow } from '#core/numerics/foldWindow.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import { agrees, BUILDS, forBlocks, noise, perRow, runKernel, total } from '#tests/support/kernelRuns.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Symmetric or antisymmetric weights. */
function windowOf(half: number, sign: 1 | -1, seed: number): Float64Array {
  const right = noise(half, seed).map(Math.abs);
  return Float64Array.of(...right.map((value) => sign * value).reverse(), sign === 1 ? 0.7 : 0, ...right);
}

const sign = fc.constantFrom<1 | -1>(1, -1);
const weighted = (weights: Float64Array, row: readonly number[], start: number): number =>
  total([...weights].map((weight, k) => weight * (row[start + k] ?? NaN)));
/** Sums of positive values do not cancel under the symmetric window, and little under the other. */
const ramps = (x: Matrix): Matrix =>
  matrix(
    x.rows,
    x.cols,
    x.data.map((value, at) => Math.abs(value) * (1 + (at % x.cols))),
  );

test('moving windows with channels beyond the ends', () => {
  fc.assert(
    fc.property(sign, fc.nat(9), fc.nat(100), (way, half, seed) => {
      const weights = windowOf(half, way, seed);
      const folded = foldWindow(weights);
      expect(folded.sign).toBe(half === 0 ? 1 : way);
      forBlocks(
        1,
        way === 1 ? 1 : 2, // of one channel alone the antisymmetric window leaves roundings of nothing
        (block) => {
          const x = ramps(block);
          const places = noise(2 * half, seed).map((value) => Math.floor(Math.abs(value) * 1e6) % x.cols);
          const filter = (build: KernelBuild, from: Matrix): Float64Array => {
            const scratch = new Float64Array(from.cols + 2 * half);
            const vectors = [from.data, folded.weights, places, scratch];
            const [result = scratch] = runKernel(build, vectors, (k, [at = 0, w = 0, beyond = 0, room = 0]) => {
              k.filterRows(at, from.rows, from.cols, w, half, folded.sign, beyond, room);
            });
            return result;
          };
          agrees(
            x,
            filter,
            perRow(x, (row) => {
              const beyond = [...places].map((place) => row[place] ?? NaN);
              const extended = [...beyond.slice(0, half), ...row, ...beyond.slice(half)];
              return row.map((_, j) => weighted(weights, extended, j));
            }),
          );
        },
        3,
      );
    }),
    { numRuns: 40 },
  );
});

test('moving windows whose ends have weights of their own', () => {
  fc.assert(
    fc.property(sign, fc.nat(9), fc.nat(100), (way, half, seed) => {
      const window = 2 * half + 1;
      const weights = windowOf(half, way, seed);
      const folded = foldWindow(weights);
      const edges = noise(2 * half * window, seed + 1).map(Math.abs);
      forBlocks(
        1,
        window,
        (block) => {
          const x = ramps(block);
          const filter = (build: KernelBuild, from: Matrix): Float64Array => {
            const vectors = [from.data, folded.weights, edges, new Float64Array(from.cols)];
            const [result = edges] = runKernel(build, vectors, (k, [at = 0, w = 0, ends = 0, room = 0]) => {
              k.windowRows(at, from.rows, from.cols, w, half, folded.sign, ends, room);
            });
            return result;
          };
          const edge = (k: number): Float64Array => edges.subarray(k * window, (k + 1) * window);
          agrees(
            x,
            filter,
            perRow(x, (row) =>
              row.map((_, j) => {
                if (j < half) return weighted(edge(j), row, 0);
                const fromEnd = j - (row.length - half);
                return fromEnd < 0
                  ? weighted(weights, row, j - half)
                  : weighted(edge(half + fromEnd), row, row.length - window);
              }),
            ),
          );
        },
        3,
      );
    }),
    { numRuns: 40 },
  );
});

test('an antisymmetric window takes off an offset exactly', () => {
  const { weights, sign: way } = foldWindow(Float64Array.of(-0.3, -0.1, 0, 0.1, 0.3));
  for (const build of BUILDS) {
    const level = new Float64Array(23).fill(1e4 / 3);
    const vectors = [level, weights, new Float64Array(4), new Float64Array(27)];
    const [result] = runKernel(build, vectors, (k, [at = 0, w = 0, places = 0, room = 0]) => {
      k.filterRows(at, 1, 23, w, 2, way, places, room);
    });
    expect(result).toEqual(new Float64Array(23));
  }
});

test('each channel standardised by the window around it, flat windows only centred', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (half) => {
      forBlocks(
        1,
        1,
        (x) => {
          if (x.cols > 9) x.data.fill(3.3, 0, 9); // the first row begins flat
          const ends = noise(2 * half * x.rows, 2).map((value, i) => (i < half ? 3.3 : value * (x.data[0] ?? NaN)));
          const expected = perRow(x, (row, i) => {
            const own = [...ends.subarray(2 * half * i, 2 * half * (i + 1))];
            const extended = [...own.slice(0, half), ...row, ...own.slice(half)];
            return row.map((value, j) => {
              const window = extended.slice(j, j + 2 * half + 1);
              const mean = total(window) / window.length;
              const deviation = Math.sqrt(total(window.map((v) => (v - mean) ** 2)) / window.length);
              return (value - mean) / (deviation <= 1e-14 * Math.max(...window.map(Math.abs)) ? 1 : deviation);
            });
          });
          const [relaxed, plain] = BUILDS.map((build) => {
            const vectors = [x.data, ends, new Float64Array(x.cols + 2 * half)];
            const [result = ends] = runKernel(build, vectors, (k, [at = 0, beyond = 0, room = 0]) => {
              k.standardiseWindows(at, x.rows, x.cols, half, 1e-14, beyond, room);
            });
            return result;
          });
          // What a window lacks of digits beside its level, its deviations lack.
          for (const result of [relaxed, plain]) expect(relativeError(result ?? ends, expected)).toBeLessThan(1e-9);
        },
        5,
      );
    }),
    { numRuns: 20 },
  );
});
