import fc from 'fast-check';
import { test } from 'vitest';
import { doublesAt } from '#core/kernels/kernels.ts';
import { at, leavesSame, noise } from '#tests/support/kernelRuns.ts';

/** Lengths around every multiple that a kernel unrolls by, and factors and levels of any size. */
const lengths = fc.integer({ min: 0, max: 45 });
const scales = fc.constantFrom(1, 1e-300, 1e-100, 1e100);
const seeds = fc.nat(100_000);
const scaled = (n: number, seed: number, scale: number): Float64Array =>
  noise(n, seed).map((value) => (value + (seed % 3)) * scale);
const property = (check: (n: number, seed: number, scale: number) => void): void => {
  fc.assert(fc.property(lengths, seeds, scales, check), { numRuns: 120 });
};
const sumOver = (n: number, term: (i: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum;
};

test('dot', () => {
  property((n, seed, scale) => {
    const [a, b] = [scaled(n, seed, scale), scaled(n, seed + 1, 1)];
    leavesSame(
      [a, b, new Float64Array(1)],
      (k, [pa = 0, pb = 0, out = 0]) => {
        doublesAt(k, out, 1)[0] = k.dot(pa, pb, n);
      },
      ([x, y, out]) => out?.fill(sumOver(n, (i) => at(x, i) * at(y, i))),
      sumOver(n, (i) => Math.abs(at(a, i) * at(b, i))),
    );
  });
});

test('sum', () => {
  property((n, seed, scale) => {
    const a = scaled(n, seed, scale);
    leavesSame(
      [a, new Float64Array(1)],
      (k, [pa = 0, out = 0]) => {
        doublesAt(k, out, 1)[0] = k.sum(pa, n);
      },
      ([x, out]) => out?.fill(sumOver(n, (i) => at(x, i))),
      sumOver(n, (i) => Math.abs(at(a, i))),
    );
  });
});

test('weightedDot', () => {
  property((n, seed, scale) => {
    const [w, a, b] = [scaled(n, seed + 2, 1), scaled(n, seed, scale), scaled(n, seed + 1, 1)];
    leavesSame(
      [w, a, b, new Float64Array(1)],
      (k, [pw = 0, pa = 0, pb = 0, out = 0]) => {
        doublesAt(k, out, 1)[0] = k.weightedDot(pw, pa, pb, n);
      },
      ([v, x, y, out]) => out?.fill(sumOver(n, (i) => at(v, i) * at(x, i) * at(y, i))),
      sumOver(n, (i) => Math.abs(at(w, i) * at(a, i) * at(b, i))),
    );
  });
});

test('addScaled: y += c x', () => {
  property((n, seed, scale) => {
    const c = at(noise(1, seed + 3), 0);
    leavesSame(
      [scaled(n, seed, scale), scaled(n, seed + 1, scale)],
      (k, [x = 0, y = 0]) => {
        k.addScaled(c, x, y, n);
      },
      ([x, y]) => y?.forEach((value, i) => (y[i] = value + c * at(x, i))),
    );
  });
});

test('affine: y = c x + d, also in place', () => {
  property((n, seed, scale) => {
    const [c, d] = [at(noise(1, seed + 3), 0), scale];
    leavesSame(
      [scaled(n, seed, scale), scaled(n, seed + 1, scale)],
      (k, [x = 0, y = 0]) => {
        k.affine(c, d, x, y, n);
        k.affine(c, d, x, x, n);
      },
      (both) => {
        const [x, y] = both;
        x?.forEach((value, i) => {
          if (y) y[i] = c * value + d;
          x[i] = c * value + d;
        });
      },
    );
  });
});

test('multiply: z = x ∘ y, also in place', () => {
  property((n, seed, scale) => {
    leavesSame(
      [scaled(n, seed, scale), scaled(n, seed + 1, 1), new Float64Array(n)],
      (k, [x = 0, y = 0, z = 0]) => {
        k.multiply(x, y, z, n);
        k.multiply(x, y, x, n);
      },
      ([x, y, z]) =>
        x?.forEach((value, i) => {
          if (z) z[i] = value * at(y, i);
          x[i] = value * at(y, i);
        }),
    );
  });
});

test('subtractRow takes one row off each', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), lengths, seeds, scales, (rows, cols, seed, scale) => {
      leavesSame(
        [scaled(rows * cols, seed, scale), scaled(cols, seed + 1, scale)],
        (k, [x = 0, shift = 0]) => {
          k.subtractRow(x, rows, cols, shift);
        },
        ([x, shift]) => x?.forEach((value, i) => (x[i] = value - at(shift, i % cols))),
      );
    }),
  );
});

const counts = fc.integer({ min: 0, max: 5 });

test('orthogonalise takes off the parts along each vector in turn, in the weighted sense', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 45 }), counts, seeds, scales, (n, count, seed, scale) => {
      const basis = noise(count * n, seed).map((value) => value / Math.sqrt(n));
      const weights = noise(n, seed + 1).map((value) => Math.max(0, value)); // about half of the rows do not train
      leavesSame(
        [basis, weights, scaled(n, seed + 2, scale)],
        (k, [b = 0, w = 0, s = 0]) => {
          k.orthogonalise(b, count, w, s, n);
        },
        ([b, w, s]) => {
          for (let j = 0; j < count; j++) {
            const along = sumOver(n, (i) => at(w, i) * at(b, j * n + i) * at(s, i));
            s?.forEach((value, i) => (s[i] = value - along * at(b, j * n + i)));
          }
        },
      );
    }),
  );
});

test('projectOut: r −= (p_j · w) r_j', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 45 }), counts, seeds, scales, (n, count, seed, scale) => {
      const P = noise(count * n, seed).map((value) => value / Math.sqrt(n));
      leavesSame(
        [P, noise(count * n, seed + 1), scaled(n, seed + 2, scale), scaled(n, seed + 3, scale)],
        (k, [p = 0, r = 0, w = 0, out = 0]) => {
          k.projectOut(p, r, count, w, out, n);
        },
        ([p, r, w, out]) => {
          for (let j = 0; j < count; j++) {
            const along = sumOver(n, (i) => at(p, j * n + i) * at(w, i));
            out?.forEach((value, i) => (out[i] = value - along * at(r, j * n + i)));
          }
        },
      );
    }),
  );
});

test('interleave puts vectors side by side and fills up with zeros', () => {
  fc.assert(
    fc.property(lengths, counts, fc.nat(3), seeds, (n, count, more, seed) => {
      const width = count + more;
      leavesSame(
        [noise(count * n, seed), noise(n * width, seed + 1)],
        (k, [x = 0, out = 0]) => {
          k.interleave(x, count, n, out, width);
        },
        ([x, out]) =>
          out?.forEach((_, i) => (out[i] = i % width < count ? at(x, (i % width) * n + Math.floor(i / width)) : 0)),
      );
    }),
  );
});
