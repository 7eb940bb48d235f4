import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CancelledError, neverCancelled } from '#core/base/cancellation.ts';
import { columnMeans } from '#core/numerics/columnMeans.ts';
import { fromRows, type Matrix } from '#core/numerics/matrix.ts';
import { maximinOrder } from '#core/numerics/maximinOrder.ts';
import { standardiseColumns } from '#core/numerics/standardiseColumns.ts';
import { leadingSingularVectors } from '#core/numerics/leadingSingularVectors.ts';
import { matrixTimesVector } from '#core/numerics/matrixTimesVector.ts';
import { spectra } from '#tests/support/arbitraries.ts';
import { golden, referenceGolden, referenceSet, tecator } from '#tests/support/golden.ts';
import { foldsOf } from '#tests/support/operators.ts';
import { hasReferenceData, referenceData } from '#tests/support/referenceData.ts';

interface Selections {
  k: number;
  kenStone_euclid: number[];
  kenStone_euclid_pc10: number[];
  kenStone_mahal_pc099: number[];
}

const sets: [string, () => Matrix, () => Selections][] = [
  ['tecator', () => tecator().x, () => golden('kennard-stone-tecator.json') as Selections],
];
if (hasReferenceData())
  for (const [name, xFile, yFile] of [
    ['gasoline', 'gasoline/X.csv', 'gasoline/Y.csv'],
    ['corn_m5', 'corn/X_m5.csv', 'corn/Y.csv'],
  ] as const)
    sets.push([
      name,
      () => referenceSet(referenceData(xFile), referenceData(yFile)).x,
      () => (referenceGolden('r_sampling.json') as Record<string, Selections>)[name] as Selections,
    ]);
else
  console.warn(
    'Reference data missing: Kennard–Stone is compared on Tecator only. Set REFRACT_REFERENCE_DATA for all.',
  );

describe.each(sets)('selects what prospectr selects on %s', (_, load, expected) => {
  test('on the spectra', () => {
    const { k, kenStone_euclid } = expected();
    compare(maximinOrder(load(), k, neverCancelled), kenStone_euclid);
  });
  test('on ten principal components', () => {
    const { k, kenStone_euclid_pc10 } = expected();
    compare(maximinOrder(scores(load(), 10), k, neverCancelled), kenStone_euclid_pc10);
  });
  test('with the mahalanobis distance in as many components as hold 99 % of the variance, through the splitter', () => {
    const { k, kenStone_mahal_pc099 } = expected();
    const x = load();
    const params = { metric: 'mahalanobis', pca_components: componentsFor(x, 0.99), test_size: x.rows - k };
    const [fold] = foldsOf('KennardStone', params, x);
    expect([...(fold?.train ?? [])].map((row) => row + 1)).toEqual(kenStone_mahal_pc099.toSorted((a, b) => a - b));
  });
});

/** Rows of R count from 1, and which of the two most distant comes first is a matter of taste. */
function compare(actual: Int32Array, oneBased: number[]): void {
  const rows = [...actual].map((row) => row + 1);
  expect(new Set(rows.slice(0, 2))).toEqual(new Set(oneBased.slice(0, 2)));
  expect(new Set(rows)).toEqual(new Set(oneBased));
}

function componentsFor(x: Matrix, share: number): number {
  const centred = standardiseColumns(x, columnMeans(x), null);
  const total = centred.data.reduce((sum, value) => sum + value * value, 0);
  let found = 0;
  return 1 + leadingSingularVectors(centred, 15, neverCancelled).s.findIndex((s) => (found += s * s) >= share * total);
}

function scores(x: Matrix, count: number): Matrix {
  const centred = standardiseColumns(x, columnMeans(x), null);
  const columns = leadingSingularVectors(centred, count, neverCancelled).v.map((loading) =>
    matrixTimesVector(centred, loading),
  );
  return fromRows(Array.from({ length: x.rows }, (_, i) => columns.map((column) => column[i] ?? NaN)));
}

test('agrees with the plain definition on any spectra', () => {
  fc.assert(
    fc.property(spectra(4), (x) => {
      const count = Math.max(2, x.rows - 1);
      expect([...maximinOrder(x, count, neverCancelled)]).toEqual(plain(x, count));
    }),
  );
});

test('equal spectra are chosen in file order', () => {
  const same = fromRows([[1, 1], [1, 1], [1, 1], [1, 1]]); // prettier-ignore
  expect([...maximinOrder(same, 4, neverCancelled)]).toEqual([0, 1, 2, 3]);
});

test('stops when it is cancelled', () => {
  const cancel = {
    cancelled: true,
    check: () => {
      throw new CancelledError();
    },
  };
  expect(() => maximinOrder(tecator().x, 50, cancel)).toThrow(CancelledError);
});

/** Kennard & Stone's rule with a full distance matrix and no shortcuts. */
function plain(x: Matrix, count: number): number[] {
  const d = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < x.cols; k++) sum += ((x.data[i * x.cols + k] ?? 0) - (x.data[j * x.cols + k] ?? 0)) ** 2;
    return sum;
  };
  let chosen = [0, 1];
  for (let i = 0; i < x.rows; i++)
    for (let j = i + 1; j < x.rows; j++) if (d(i, j) > d(chosen[0] ?? 0, chosen[1] ?? 0)) chosen = [i, j];
  while (chosen.length < count) {
    let best = -1;
    let farthest = -1;
    for (let i = 0; i < x.rows; i++) {
      if (chosen.includes(i)) continue;
      const nearest = Math.min(...chosen.map((j) => d(i, j)));
      if (nearest > farthest) [best, farthest] = [i, nearest];
    }
    chosen.push(best);
  }
  return chosen;
}
