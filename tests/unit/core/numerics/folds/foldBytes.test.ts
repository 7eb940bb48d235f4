import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import type { FoldPredictions } from '#core/numerics/folds/foldColumns.ts';
import { matrix, rowOf, takeValues, type Matrix } from '#core/numerics/matrix.ts';
import { syntheticSpectra, syntheticTarget } from '#tests/support/arbitraries.ts';
import { columnsOf, formsFor, throughForm, type Form, type FormSettings } from '#tests/support/foldForms.ts';
import { relativeError } from '#tests/support/tolerance.ts';

/** Same bytes, whatever happens beside a fold. */
interface Problem {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly folds: readonly { readonly train: Int32Array }[];
  readonly form: Form;
  readonly settings: FormSettings;
  readonly seed: number;
}

/** Row 0 is the pivot and trains always; row 1 is in no fold. */
const problems = fc
  .record({
    n: fc.integer({ min: 14, max: 40 }),
    p: fc.integer({ min: 5, max: 60 }),
    folds: fc.integer({ min: 2, max: 9 }),
    components: fc.integer({ min: 1, max: 4 }),
    scale: fc.boolean(),
    form: fc.nat(2),
    seed: fc.nat(100_000),
  })
  .map(({ n, p, folds, components, scale, form, seed }): Problem => {
    const x = syntheticSpectra(n, p, seed);
    const forms = formsFor(scale);
    const base = Int32Array.from({ length: n - 1 }, (_, i) => (i === 0 ? 0 : i + 1));
    return {
      x,
      y: syntheticTarget(x, seed + 1),
      folds: Array.from({ length: folds }, (_, f) => ({ train: base.filter((row) => row === 0 || row % folds !== f) })),
      form: forms[form % forms.length] ?? 'spectra',
      settings: { components, scale, pivot: 0, base },
      seed,
    };
  });

const holds = (check: (problem: Problem) => void, numRuns = 80): void => {
  fc.assert(fc.property(problems, check), { numRuns });
};
const bytesOf = (found: readonly (FoldPredictions | null)[] | null): (Float64Array | null)[] => {
  if (found === null) throw new Error('The spectra were not placed.');
  return found.map((one) => one?.values ?? null);
};
const solved = ({ form, x, y, folds, settings }: Problem) =>
  bytesOf(throughForm(form, x, columnsOf(folds, [y]), settings));

test('of which folds are solved with it, and of their order', () => {
  holds((problem) => {
    const all = solved(problem);
    expect(solved({ ...problem, folds: problem.folds.toReversed() }).reverse()).toEqual(all);
    const some = problem.folds.filter((_, f) => f % 2 === problem.seed % 2);
    expect(solved({ ...problem, folds: some })).toEqual(all.filter((_, f) => f % 2 === problem.seed % 2));
    problem.folds.forEach((fold, f) => {
      expect(solved({ ...problem, folds: [fold] })).toEqual([all[f]]);
    });
  });
});

test('of the order in which the tiles are made', () => {
  const large = syntheticSpectra(230, 210, 4);
  const y = syntheticTarget(large, 5);
  const base = Int32Array.from({ length: 230 }, (_, i) => i);
  const folds = [base.filter((row) => row % 3 > 0), base.filter((row) => row % 5 > 0)].map((train) => ({ train }));
  for (const form of ['gram', 'crossProduct'] as const) {
    const of = (seed: number | null) =>
      bytesOf(
        throughForm(form, large, columnsOf(folds, [y]), {
          components: 4,
          pivot: 1,
          ...(seed === null ? {} : { tileOrder: (count) => [...randomState(seed).permutation(count)] }),
        }),
      );
    const inOrder = of(null);
    expect(inOrder[0]).not.toBeNull();
    for (const seed of [1, 2, 3]) expect(of(seed)).toEqual(inOrder);
  }
});

test('of the values of rows that are in no fold', () => {
  holds((problem) => {
    const { x } = problem;
    const other = { ...x, data: x.data.slice() };
    rowOf(other, 1).set(rowOf(x, 1).map((value, j) => 1e5 * value * (j % 3)));
    const without = (found: (Float64Array | null)[]) =>
      found.map((values) => values?.filter((_, at) => at % x.rows !== 1) ?? null);
    expect(without(solved({ ...problem, x: other }))).toEqual(without(solved(problem)));
  });
});

/** Squared forms share a product of all rows: X'X is over them, so there held-out rows stay in the last digits. */
test('of what is held out: wild spectra and targets there change no byte for the rows that train', () => {
  holds((problem) => {
    const { x, y, folds, settings, form } = problem;
    const wild = { ...x, data: x.data.slice() };
    const wildY = y.slice();
    const [fold = { train: new Int32Array() }] = folds;
    const trains = new Set(fold.train);
    for (let i = 0; i < x.rows; i++) {
      if (trains.has(i)) continue;
      rowOf(wild, i).set(rowOf(x, i).map((value, j) => (value - j) * 1e3));
      wildY[i] = 1e6;
    }
    const of = (spectra: Matrix, target: Float64Array) =>
      bytesOf(throughForm(form, spectra, columnsOf([fold], [target]), settings))[0] ?? null;
    const training = (values: Float64Array | null) => values?.filter((_, at) => trains.has(at % x.rows)) ?? null;
    const [before, after] = [training(of(x, y)), training(of(wild, wildY))];
    if (form !== 'crossProduct') expect(after).toEqual(before);
    else if (after !== null && before !== null) expect(relativeError(after, before)).toBeLessThan(1e-8);
  });
});

test('of the unit of the spectra and of the target, as far as a power of two goes', () => {
  holds((problem) => {
    const { x, y } = problem;
    const inOtherUnits = (k: number, target: number) =>
      solved({
        ...problem,
        x: matrix(
          x.rows,
          x.cols,
          x.data.map((value) => value * 2 ** k),
        ),
        y: y.map((value) => value * target),
      }).map((values) => values?.map((value) => value / target) ?? null);
    const expected = solved(problem);
    for (const k of [-60, -20, 20, 60]) expect(inOtherUnits(k, 1), `2^${k}`).toEqual(expected);
    expect(inOtherUnits(0, 1024)).toEqual(expected);
  });
});

test('the targets of rows that do not train are not even looked at', () => {
  holds((problem) => {
    const { y, folds } = problem;
    const own = (target: Float64Array) =>
      bytesOf(
        throughForm(
          problem.form,
          problem.x,
          folds.map(({ train }) => ({ train, weights: null, responses: [takeValues(target, train)] })),
          problem.settings,
        ),
      );
    const blind = y.slice();
    blind[1] = NaN;
    expect(own(blind)).toEqual(own(y));
  }, 10);
});
