import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { randomState } from '#core/base/randomState.ts';
import { doublesAt, loadKernels } from '#core/kernels/kernels.ts';
import { sharedMemory } from '#core/kernels/webAssembly.ts';
import { placeRows } from '#core/numerics/folds/sharedProducts.ts';
import { matrix, type Matrix } from '#core/numerics/matrix.ts';
import { columnsOf, formsFor, oneByOne, predictionsOf, throughForm } from '#tests/support/foldForms.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/**
 * Spectra of whole numbers: their rank is exactly what it is said to be, an offset or another unit is exactly the same
 * problem, and products of them are exact as long as they stay below 2⁵³.
 */
interface Hard {
  readonly what: string;
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly components: number;
  readonly scale: boolean;
  readonly offset: number;
  /** The same spectra with an offset and in another unit. */
  readonly harder: Matrix;
}

const whole = (n: number, seed: number, size = 9): Float64Array => {
  const draws = randomState(seed);
  return new Float64Array(n).map(() => Math.floor((2 * size + 1) * draws.random()) - size);
};

const KINDS = ['full rank', 'low rank', 'duplicated rows', 'constant channels', 'constant target', 'target orthogonal'];

const problems = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    pairs: fc.integer({ min: 6, max: 12 }),
    p: fc.integer({ min: 4, max: 31 }),
    rank: fc.integer({ min: 1, max: 5 }),
    components: fc.integer({ min: 1, max: 8 }),
    scale: fc.boolean(),
    offset: fc.constantFrom(0, 9e4, -9e4),
    // 1e-301 … 3e153, as powers of two: the same problem to the last digit.
    exponent: fc.constantFrom(0, -1000, -530, -515, -265, -255, -100, 100, 255, 300, 500, 510),
    seed: fc.nat(1_000_000),
  })
  .map(({ kind, pairs, p, rank, components, scale, offset, exponent, seed }): Hard => {
    const n = 2 * pairs;
    const x = spectraOf(kind, n, p, rank, seed);
    let y = whole(n, seed + 2, 50);
    if (kind === 'constant target') y = new Float64Array(n).fill(0.1 * (seed % 100));
    // Rows 2i and 2i + 1 have the same spectrum here.
    if (kind === 'target orthogonal') y = y.map((value, i) => 7 + (i % 2 === 0 ? value : -(y[i - 1] ?? NaN)));
    // Variances of channels have half of the range of numbers, and are needed before anything is divided by them.
    const unit = 2 ** (scale && exponent > -1000 ? Math.min(Math.max(exponent, -470), 500) : exponent);
    const harder = x.data.map((value) => (value + offset) * unit);
    return { what: kind, x, y, components, scale, offset, harder: matrix(n, p, harder) };
  });

function spectraOf(kind: string, n: number, p: number, rank: number, seed: number): Matrix {
  const x = whole(n * p, seed);
  if (kind === 'low rank') {
    const [left, right] = [whole(n * rank, seed + 1), whole(rank * p, seed + 3)];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < p; j++) {
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += (left[i * rank + k] ?? NaN) * (right[k * p + j] ?? NaN);
        x[i * p + j] = sum;
      }
  }
  if (kind === 'duplicated rows') for (let i = 4; i < n; i++) x.copyWithin(i * p, (i % 4) * p, ((i % 4) + 1) * p);
  if (kind === 'target orthogonal') for (let i = 1; i < n; i += 2) x.copyWithin(i * p, (i - 1) * p, i * p);
  if (kind === 'constant channels') for (let i = 0; i < n; i++) for (let j = 0; j < p; j += 2) x[i * p + j] = 13;
  return matrix(n, p, x);
}

/** Three folds of pairs of rows. */
const foldsFor = (n: number) =>
  [0, 1, 2].map((f) => ({
    train: Int32Array.from({ length: n }, (_, i) => i).filter((i) => (i >> 1) % 3 !== f),
  }));

test('low rank, duplicates, constants, huge offsets and extreme units: a form refuses a fold or is right', () => {
  let solved = 0;
  fc.assert(
    fc.property(problems, ({ what, x, y, components, scale, harder }) => {
      const columns = columnsOf(foldsFor(x.rows), [y]);
      for (const form of formsFor(scale)) {
        const found = throughForm(form, harder, columns, { components, scale });
        columns.forEach((column, f) => {
          const fold = found?.[f] ?? null;
          if (fold === null) return;
          solved++;
          const said = `${form}, ${what}, fold ${f + 1}`;
          const hasNothingToExplain = what === 'constant target' || what === 'target orthogonal';
          const mean = new Float64Array(x.rows).fill(meanOf(column.responses[0] ?? []));
          const expected = hasNothingToExplain
            ? Array.from({ length: components }, () => mean)
            : oneByOne(x, column, components, scale);
          expect(expected.length, `${said}: components beyond the rank`).toBe(components);
          expected.forEach((one, a) => {
            expect(relativeError(predictionsOf(fold, x.rows, a), one), `${said}, ${a + 1}`).toBeLessThan(1e-8);
          });
        });
      }
    }),
    { numRuns: 400 },
  );
  expect(solved).toBeGreaterThan(500);
});

test('of ordinary size nothing is refused that has the rank for it', () => {
  fc.assert(
    fc.property(problems, ({ what, x, y, components, scale }) => {
      fc.pre(what !== 'constant target' && what !== 'target orthogonal');
      const columns = columnsOf(foldsFor(x.rows), [y]);
      const found = throughForm('spectra', x, columns, { components, scale });
      columns.forEach((column, f) => {
        const possible = oneByOne(x, column, components, scale).length === components;
        expect(found?.[f] !== null, `${what}, fold ${f + 1}`).toBe(possible);
      });
    }),
    { numRuns: 200 },
  );
});

test('a fit of one fold stops at the rank, and what it has found until then is right, whatever the offset and the unit', () => {
  fc.assert(
    fc.property(problems, ({ what, x, y, components, scale, offset, harder }) => {
      fc.pre(what !== 'constant target' && what !== 'target orthogonal');
      for (const column of columnsOf(foldsFor(x.rows), [y])) {
        const expected = oneByOne(x, column, components, scale);
        const found = oneByOne(harder, column, components, scale);
        // The mean of a channel with a large offset is rounded, which looks like one component more.
        if (offset === 0) expect(found.length).toBeLessThanOrEqual(expected.length);
        found.slice(0, expected.length).forEach((one, a) => {
          expect(relativeError(one, expected[a] ?? []), `${what}, ${a + 1} components`).toBeLessThan(1e-7);
        });
      }
    }),
    { numRuns: 200 },
  );
});

test('a value that is not finite, or a sum that is not, is noticed when rows are placed', () => {
  const kernels = loadKernels(sharedMemory());
  const cases = fc.record({
    rows: fc.integer({ min: 1, max: 12 }),
    cols: fc.integer({ min: 1, max: 20 }),
    bad: fc.constantFrom(NaN, Infinity, -Infinity, null),
    at: fc.nat(10_000),
    from: fc.nat(11),
  });
  fc.assert(
    fc.property(cases, ({ rows, cols, bad, at, from }) => {
      const data = whole(rows * cols, at);
      const place = at % data.length;
      if (bad !== null) data[place] = bad;
      const first = Math.min(from, rows - 1);
      const source = { blocks: [matrix(rows, cols, data)], rows: Int32Array.from({ length: rows }, (_, i) => i) };
      const [shift, out] = [65_536, 65_536 + 8 * cols];
      doublesAt(kernels, shift, cols).fill(0.5);
      const x = { at: out, rows, cols };
      const placed = placeRows(kernels, source, x, shift, [first, rows], neverCancelled);
      // Only the rows that are asked for count.
      expect(placed).toBe(bad === null || Math.floor(place / cols) < first);
      if (placed)
        expect(doublesAt(kernels, out + 8 * first * cols, (rows - first) * cols)).toEqual(
          data.subarray(first * cols).map((value) => value - 0.5),
        );
    }),
  );
});

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
