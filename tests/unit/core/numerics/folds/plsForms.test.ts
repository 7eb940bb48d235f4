import { describe, expect, test } from 'vitest';
import type { Fold } from '#core/data/operator.ts';
import type { Matrix } from '#core/numerics/matrix.ts';
import { fromRows } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import {
  columnsOf,
  FORMS,
  formsFor,
  oneByOne,
  predictionsOf,
  rmsecvOf,
  throughForm,
  type Form,
} from '#tests/support/foldForms.ts';
import { golden, referenceGolden, referenceSet, tecator } from '#tests/support/golden.ts';
import { foldsOf } from '#tests/support/operators.ts';
import { referenceData } from '#tests/support/referenceData.ts';
import { largestRelativeError, relativeError } from '#tests/support/tolerance.ts';
import { withReferenceData } from '#tests/support/withReferenceData.ts';

/** Of predictions, relative to their size. What the squared forms lose is bounded by what they refuse. */
const TOLERANCE: Record<Form, number> = { gram: 1e-8, spectra: 1e-11, crossProduct: 1e-8 };
const RTOL = 1e-8;

const groups = (n: number): string[] => Array.from({ length: n }, (_, i) => `g${(i * 7) % 11}`);
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const rows = (list: readonly number[]): Int32Array => Int32Array.from(list);

/** Folds of the splitters of the catalog, and some that no splitter makes. */
function foldSets(x: Matrix): [string, Fold[]][] {
  const n = x.rows;
  const uneven = [[0], [1, 2, 3], range(n - 8).map((i) => i + 4), [n - 4, n - 3]];
  return [
    ['five folds', foldsOf('KFold', { n_splits: 5 }, x)],
    ['seven folds, shuffled', foldsOf('KFold', { n_splits: 7, shuffle: true, random_state: 3 }, x)],
    ['repeated', foldsOf('RepeatedKFold', { n_splits: 3, n_repeats: 3, random_state: 1 }, x)],
    ['leave one out', foldsOf('LeaveOneOut', {}, x)],
    ['grouped', foldsOf('GroupKFold', { n_splits: 3 }, x, {}, { groups: groups(n) })],
    ['overlapping', foldsOf('ShuffleSplit', { n_splits: 5, test_size: 0.3, random_state: 0 }, x)],
    ['predefined', foldsOf('PredefinedSplit', { test_fold: range(n).map((i) => (i % 5) - 1) }, x)],
    [
      'uneven, with rows in no part',
      uneven.map((held) => ({ train: rows(range(n - 1).filter((i) => !held.includes(i))), validation: rows(held) })),
    ],
  ];
}

describe.each([
  [40, 25],
  [26, 61],
  [31, 31],
])('%i × %i', (n, p) => {
  const x = syntheticSpectra(n, p, n + p);
  const y = syntheticTarget(x, p);
  const components = 7;
  for (const [name, folds] of foldSets(x))
    test.each([false, true])(`${name}, scale %s: every form predicts every row like a fit a fold`, (scale) => {
      const columns = columnsOf(folds, [y]);
      const expected = columns.map((column) => oneByOne(x, column, components, scale));
      // Fewer training rows than that leave no rank.
      const most = Math.min(components, ...expected.map(({ length }) => length));
      expect(most).toBeGreaterThan(1);
      const reference = rmsecvOf(folds, y, most, (f, a) => expected[f]?.[a] ?? []);
      for (const form of formsFor(scale)) {
        const found = throughForm(form, x, columns, { components: most, scale });
        const own = (f: number, a: number) => {
          const fold = found?.[f];
          return fold ? predictionsOf(fold, n, a) : [];
        };
        columns.forEach((_, f) => {
          for (let a = 0; a < most; a++)
            expect(relativeError(own(f, a), expected[f]?.[a] ?? []), `${form}, fold ${f + 1}, ${a + 1}`).toBeLessThan(
              TOLERANCE[form],
            );
        });
        expect(largestRelativeError(rmsecvOf(folds, y, most, own), reference), form).toBeLessThan(RTOL);
      }
    });
});

describe('sample weights', () => {
  const x = syntheticSpectra(28, 33, 5);
  const y = syntheticTarget(x, 6);
  const folds = foldsOf('KFold', { n_splits: 4 }, x);

  test.each([false, true])('a row of weight w is the row w times, weight 0 is no row; scale %s', (scale) => {
    const weights = Float64Array.from({ length: 28 }, (_, i) => (i * 5) % 4);
    const columns = columnsOf(folds, [y], weights);
    for (const form of formsFor(scale)) {
      const found = throughForm(form, x, columns, { components: 5, scale });
      columns.forEach((column, f) => {
        oneByOne(x, column, 5, scale).forEach((expected, a) => {
          const fold = found?.[f];
          expect(relativeError(fold ? predictionsOf(fold, 28, a) : [], expected), form).toBeLessThan(TOLERANCE[form]);
        });
      });
    }
  });

  test('all weights alike and none are the same; without scaling any factor is', () => {
    const plain = columnsOf(folds, [y]);
    for (const form of FORMS) {
      const of = (columns: typeof plain) =>
        throughForm(form, x, columns, { components: 5 })?.map((fold) => fold?.values ?? null);
      expect(of(columnsOf(folds, [y], new Float64Array(28).fill(1)))).toEqual(of(plain));
      of(columnsOf(folds, [y], new Float64Array(28).fill(0.3)))?.forEach((values, f) => {
        expect(relativeError(values ?? [], of(plain)?.[f] ?? []), form).toBeLessThan(TOLERANCE[form]);
      });
    }
  });
});

describe('several targets', () => {
  interface Several {
    readonly rmsecv: number[][];
    readonly predictions: number[][][];
  }
  const file = golden('pls2.json') as Record<'tecator' | 'synthetic', Record<string, Several>>;
  const set = tecator();
  const sets = {
    tecator: { x: set.x, targets: ['moisture', 'fat', 'protein'].map((name) => set.target(name)) },
    synthetic: synthetic(),
  };

  test.each([
    ['tecator', true],
    ['tecator', false],
    ['synthetic', true],
    ['synthetic', false],
  ] as const)('%s, scale %s: RMSECV and held-out predictions of scikit-learn', (name, scale) => {
    const { x, targets } = sets[name];
    const expected = file[name][`scale_${String(scale)}`];
    const folds = foldsOf('KFold', { n_splits: 5 }, x);
    const columns = columnsOf(folds, targets);
    for (const form of formsFor(scale)) {
      const found = throughForm(form, x, columns, { components: 8, scale });
      const own = (m: number) => (f: number, a: number) => {
        const fold = found?.[f];
        return fold ? predictionsOf(fold, x.rows, a, targets.length, m) : [];
      };
      targets.forEach((y, m) => {
        const rmsecv = rmsecvOf(folds, y, 8, own(m));
        const wanted = expected?.rmsecv.map((one) => one[m] ?? NaN) ?? [];
        expect(largestRelativeError(rmsecv, wanted), `${form}, target ${m + 1}`).toBeLessThan(RTOL);
        expected?.predictions.forEach((shown, a) => {
          const held = shown.map((_, i) => own(m)(heldOutIn(folds, i), a)[i] ?? NaN);
          const error = relativeError(
            held,
            shown.map((row) => row[m] ?? NaN),
          );
          expect(error, `${form}, target ${m + 1}`).toBeLessThan(RTOL);
        });
      });
    }
  });

  test('a target alone and the same target several times are the same', () => {
    const { x, targets } = sets.synthetic;
    const [y = new Float64Array()] = targets;
    const folds = foldsOf('KFold', { n_splits: 4 }, x);
    for (const form of FORMS) {
      const one = throughForm(form, x, columnsOf(folds, [y]), { components: 5 });
      const three = throughForm(form, x, columnsOf(folds, [y, y, y]), { components: 5 });
      folds.forEach((_, f) => {
        for (let a = 0; a < 5; a++)
          for (let m = 0; m < 3; m++) {
            const [alone, repeated] = [one?.[f], three?.[f]];
            if (!alone || !repeated) throw new Error(`${form} refused a fold.`);
            expect(
              relativeError(predictionsOf(repeated, x.rows, a, 3, m), predictionsOf(alone, x.rows, a)),
            ).toBeLessThan(TOLERANCE[form]);
          }
      });
    }
  });
});

withReferenceData('PLS of the four targets of corn together, R pls (kernelpls)', () => {
  test('RMSECV of 1 to 15 components from the spectra', () => {
    const names = ['moisture', 'oil', 'protein', 'starch'];
    const { x, target } = referenceSet(referenceData('corn', 'X_m5.csv'), referenceData('corn', 'Y.csv'));
    const { kernelpls } = referenceGolden('r_pls2_corn.json') as Record<string, { rmsecv: number[][] }>;
    const folds = foldsOf('KFold', { n_splits: 10 }, x);
    const found = throughForm('spectra', x, columnsOf(folds, names.map(target)), { components: 15 });
    names.forEach((name, m) => {
      const own = rmsecvOf(folds, target(name), 15, (f, a) => {
        const fold = found?.[f];
        return fold ? predictionsOf(fold, x.rows, a, 4, m) : [];
      });
      expect(largestRelativeError(own, kernelpls?.rmsecv[m] ?? []), name).toBeLessThan(RTOL);
    });
  });
});

const heldOutIn = (folds: readonly Fold[], row: number): number =>
  folds.findIndex(({ validation }) => validation.includes(row));

/** The formula of `makePls2.py`. */
function synthetic(): { x: Matrix; targets: Float64Array[] } {
  const height = (i: number, k: number): number => Math.sin(1 + (k + 1.3) * i * i + k);
  const total = (term: (k: number) => number): number => range(9).reduce((sum, k) => sum + term(k), 0);
  const spectrum = (i: number): number[] =>
    range(41).map((j) => 2 + total((k) => height(i, k) * Math.exp(-(((j - 4.5 * k - 2) / 5) ** 2))));
  const target = (m: number): Float64Array =>
    Float64Array.from(
      range(30),
      (i) => 5 + 3 * m + total((k) => Math.sin(0.7 + k * (m + 1)) * height(i, k)) + 0.1 * Math.sin(3.1 * i * (m + 1)),
    );
  return { x: fromRows(range(30).map(spectrum)), targets: range(4).map(target) };
}
