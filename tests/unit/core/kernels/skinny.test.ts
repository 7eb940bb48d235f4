import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KernelBuild } from '#core/kernels/kernels.ts';
import { at, BUILDS, leavesSame, noise, runKernel } from '#tests/support/kernelRuns.ts';

/** Narrow products of every width, with rows that lie further apart than they are long. */
const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 70 }),
  cols: fc.integer({ min: 1, max: 27 }),
  width: fc.integer({ min: 1, max: 10 }),
  gap: fc.nat(3),
  scale: fc.constantFrom(1, 1e-300, 1e-100, 1e100),
  level: fc.constantFrom(0, 1e4),
  seed: fc.nat(100_000),
});
const drawn = (n: number, seed: number, level = 0, scale = 1): Float64Array =>
  noise(n, seed).map((value) => (value + level) * scale);

test('forward: X u for every even width', () => {
  fc.assert(
    fc.property(shapes, ({ rows, cols, width: half, gap, scale, level, seed }) => {
      const [width, ldx, ldOut] = [2 * half, cols + gap, rows + gap];
      leavesSame(
        [drawn(rows * ldx, seed, level, scale), drawn(cols * width, seed + 1), drawn(width * ldOut, seed + 2)],
        (k, [x = 0, u = 0, out = 0]) => {
          k.forward(x, ldx, rows, cols, u, width, out, ldOut);
        },
        ([x, u, out]) => {
          for (let c = 0; c < width; c++)
            for (let i = 0; i < rows; i++) {
              let sum = 0;
              for (let j = 0; j < cols; j++) sum += at(x, i * ldx + j) * at(u, j * width + c);
              if (out) out[c * ldOut + i] = sum;
            }
        },
      );
    }),
    { numRuns: 150 },
  );
});

test('backward: adds X′t for every number of columns', () => {
  fc.assert(
    fc.property(shapes, ({ rows, cols, width: count, gap, scale, level, seed }) => {
      const [ldx, ldT, ldP] = [cols + gap, rows + gap, cols + gap];
      leavesSame(
        [drawn(rows * ldx, seed, level, scale), drawn(count * ldT, seed + 1), drawn(count * ldP, seed + 2, 0, scale)],
        (k, [x = 0, t = 0, p = 0]) => {
          k.backward(x, ldx, rows, cols, t, ldT, count, p, ldP);
        },
        ([x, t, p]) => {
          for (let c = 0; c < count; c++)
            for (let i = 0; i < rows; i++)
              for (let j = 0; j < cols; j++)
                if (p) p[c * ldP + j] = at(p, c * ldP + j) + at(x, i * ldx + j) * at(t, c * ldT + i);
        },
      );
    }),
    { numRuns: 150 },
  );
});

test('squaresAbout adds weighted squares about given means', () => {
  fc.assert(
    fc.property(shapes, ({ rows, cols, gap, level, seed }) => {
      const ldx = cols + gap;
      const weights = noise(rows, seed + 3).map((value) => Math.max(0, value));
      leavesSame(
        [drawn(rows * ldx, seed, level), weights, drawn(cols, seed + 1, level), drawn(cols, seed + 2).map(Math.abs)],
        (k, [x = 0, w = 0, mean = 0, out = 0]) => {
          k.squaresAbout(x, ldx, rows, cols, w, mean, out);
        },
        ([x, w, mean, out]) => {
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < cols; j++)
              if (out) out[j] = at(out, j) + at(w, i) * (at(x, i * ldx + j) - at(mean, j)) ** 2;
        },
      );
    }),
  );
});

test('scoreAndLoading: t = X r and p += X′t', () => {
  fc.assert(
    fc.property(shapes, ({ rows, cols, gap, scale, seed }) => {
      const ldx = cols + gap;
      const own = scale === 1e100 ? 1 : scale; // p holds squares of what x holds
      leavesSame(
        [
          drawn(rows * ldx, seed, 0, own),
          drawn(cols, seed + 1),
          drawn(rows, seed + 2, 0, own),
          drawn(cols, seed + 3, 0, own),
        ],
        (k, [x = 0, r = 0, t = 0, p = 0]) => {
          k.scoreAndLoading(x, ldx, rows, cols, r, t, p);
        },
        ([x, r, t, p]) => {
          for (let i = 0; i < rows; i++) {
            let sum = 0;
            for (let j = 0; j < cols; j++) sum += at(x, i * ldx + j) * at(r, j);
            if (t) t[i] = sum;
            for (let j = 0; j < cols; j++) if (p) p[j] = at(p, j) + at(x, i * ldx + j) * sum;
          }
        },
      );
    }),
    { numRuns: 150 },
  );
});

/** Vectors of a narrow product, `count` of them, each with its own values. */
const column = (values: Float64Array, c: number, ld: number, n: number): Float64Array =>
  values.slice(c * ld, c * ld + n);

test('a column of a narrow product has the same bytes whatever stands beside it, and however the rows are cut', () => {
  fc.assert(
    fc.property(shapes, fc.nat(17), ({ rows, cols, width: half, level, seed }, cut) => {
      const width = 2 * half;
      const x = drawn(rows * cols, seed, level);
      const u = drawn(cols * width, seed + 1);
      const t = drawn(width * rows, seed + 2);
      const first = Math.min(rows, 4 * cut);
      for (const build of BUILDS) {
        const wide = forward(build, u, width);
        const cutInTwo = forward(build, u, width, first);
        expect(cutInTwo).toEqual(wide);
        const back = backward(build, t, width);
        for (let c = 0; c < width; c++) {
          const pair = new Float64Array(2 * cols).map((_, at) => (at % 2 === 0 ? (u[(at >> 1) * width + c] ?? 0) : 9));
          expect(column(forward(build, pair, 2), 0, rows, rows)).toEqual(column(wide, c, rows, rows));
          expect(backward(build, column(t, c, rows, rows), 1)).toEqual(column(back, c, cols, cols));
        }
      }
      function forward(build: KernelBuild, right: Float64Array, wide: number, split = rows): Float64Array {
        const vectors = [x, right, new Float64Array(wide * rows)];
        const found = runKernel(build, vectors, (k, [from = 0, by = 0, out = 0]) => {
          k.forward(from, cols, split, cols, by, wide, out, rows);
          k.forward(from + split * cols * 8, cols, rows - split, cols, by, wide, out + split * 8, rows);
        });
        return found[2] ?? x;
      }
      function backward(build: KernelBuild, scores: Float64Array, count: number): Float64Array {
        const vectors = [x, scores, new Float64Array(count * cols)];
        const found = runKernel(build, vectors, (k, [from = 0, by = 0, out = 0]) => {
          k.backward(from, cols, rows, cols, by, rows, count, out, cols);
        });
        return found[2] ?? x;
      }
    }),
    { numRuns: 60 },
  );
});
