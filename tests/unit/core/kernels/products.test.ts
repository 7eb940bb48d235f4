import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, BUILDS, leavesSame, noise, runKernel } from '#tests/support/kernelRuns.ts';

/** Room of packed blocks for one tile. */
const SCRATCH = (96 + 96) * 256;
const sizes = (max: number) => fc.integer({ min: 1, max });

test('tile: any part of A B′ and of A′B, sizes that are no multiple of anything, deeper than a packed block', () => {
  const shape = fc.record({
    an: sizes(23),
    bn: sizes(19),
    depth: fc.oneof(sizes(20), fc.integer({ min: 250, max: 530 })),
    a0: fc.nat(5),
    b0: fc.nat(5),
    gap: fc.nat(3),
    byColumns: fc.boolean(),
    scale: fc.constantFrom(1, 1e-300, 1e100),
    seed: fc.nat(100_000),
  });
  fc.assert(
    fc.property(shape, ({ an, bn, depth, a0, b0, gap, byColumns, scale, seed }) => {
      // Of A either the rows or the columns a0 … a0 + an are multiplied.
      const lda = (byColumns ? a0 + an : depth) + gap;
      const ldb = (byColumns ? b0 + bn : depth) + gap;
      const a = noise((byColumns ? depth : a0 + an) * lda, seed).map((value) => value * scale);
      const b = noise((byColumns ? depth : b0 + bn) * ldb, seed + 1);
      const ldc = b0 + bn + gap;
      leavesSame(
        [a, b, noise((a0 + an) * ldc, seed + 2).map((value) => value * scale)],
        (k, [pa = 0, pb = 0, c = 0]) => {
          const scratch = Math.ceil((c + 8 * ((a0 + an) * ldc + 3)) / 16) * 16;
          k.tile(pa, lda, pb, ldb, depth, a0, an, b0, bn, byColumns, c, ldc, scratch);
        },
        ([x, y, c]) => {
          for (let i = a0; i < a0 + an; i++)
            for (let j = b0; j < b0 + bn; j++) {
              let sum = 0;
              for (let d = 0; d < depth; d++)
                sum += byColumns ? at(x, d * lda + i) * at(y, d * ldb + j) : at(x, i * lda + d) * at(y, j * ldb + d);
              if (c) c[i * ldc + j] = sum;
            }
        },
      );
    }),
    { numRuns: 60 },
  );
});

test('a full tile of 96 × 96', () => {
  const [n, depth] = [96, 33];
  const x = noise(n * depth, 1);
  for (const build of BUILDS) {
    const vectors = [x, new Float64Array(n * n), new Float64Array(SCRATCH)];
    const [, found] = runKernel(build, vectors, (k, [a = 0, c = 0, scratch = 0]) => {
      k.tile(a, depth, a, depth, depth, 0, n, 0, n, false, c, n, scratch);
    });
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let d = 0; d < depth; d++) sum += at(x, i * depth + d) * at(x, j * depth + d);
        expect(Math.abs(at(found, i * n + j) - sum)).toBeLessThan(1e-12);
        expect(at(found, j * n + i)).toBe(at(found, i * n + j)); // the same products, added up in the same order
      }
  }
});

test('mirror and transpose fill the upper triangle and nothing else', () => {
  fc.assert(
    fc.property(sizes(30), fc.nat(29), fc.nat(29), fc.nat(1000), (n, one, other, seed) => {
      const [from, to] = [Math.min(one, other, n), Math.min(Math.max(one, other), n)];
      leavesSame(
        [noise(n * n, seed)],
        (k, [c = 0]) => {
          k.mirror(c, n, from, to);
          k.transpose(c, n, from, to - from, 0, from);
        },
        ([c]) => {
          if (c)
            for (let i = from; i < to; i++) {
              for (let j = i + 1; j < to; j++) c[i * n + j] = at(c, j * n + i);
              for (let j = 0; j < from; j++) c[j * n + i] = at(c, i * n + j);
            }
        },
      );
    }),
  );
});

test('derive: products of rows after a factor and an offset each, for some of the rows', () => {
  fc.assert(
    fc.property(sizes(25), fc.nat(24), fc.nat(24), fc.nat(1000), (n, one, other, seed) => {
      const [from, to] = [Math.min(one, other, n), Math.min(Math.max(one, other), n)];
      const v = (i: number): Float64Array => noise(n, seed + i);
      leavesSame(
        [noise(n * n, seed), v(1), v(2), v(3), v(4), v(5), v(6), v(7), noise(n * n, seed + 8)],
        (k, [g = 0, a = 0, alpha = 0, beta = 0, m = 0, s = 0, rowA = 0, rowB = 0, out = 0]) => {
          k.derive(g, n, from, to, a, alpha, beta, m, s, rowA, rowB, out);
        },
        ([g, a, alpha, beta, m, s, rowA, rowB, out]) => {
          for (let i = from; i < to; i++)
            for (let j = 0; j < n; j++)
              if (out)
                out[i * n + j] =
                  at(a, j) * (at(a, i) * at(g, i * n + j) + at(alpha, i) * at(m, j) + at(beta, i) * at(s, j)) +
                  at(alpha, j) * at(rowA, i) +
                  at(beta, j) * at(rowB, i);
        },
        100,
      );
    }),
  );
});
