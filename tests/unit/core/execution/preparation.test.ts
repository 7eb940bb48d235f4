import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { Fold } from '#core/data/operator.ts';
import { fitUnit } from '#core/execution/fitUnit.ts';
import { chainKey } from '#core/execution/identity.ts';
import type { UnitContext } from '#core/execution/runSteps.ts';
import type { FitResult, KnownStates, UnitData } from '#core/execution/unit.ts';
import { matrix } from '#core/numerics/matrix.ts';
import { inProcessPool } from '#tests/support/inProcessPool.ts';
import { planOf, runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** Which fitted states may serve which unit: by operator chain and data, never by the chain alone. */
const [N, P] = [30, 18];
const { source, targets } = syntheticSpectra(N, P, 2);
const y = targets[0]?.values ?? new Float64Array(0);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const data = unitDataOf({ x: source.x, y }, { train: range(0, 24), test: range(24, N) });
const context: UnitContext = { lookup: operatorsByKind, cancel: neverCancelled, now: () => 0 };
const whole: Fold = { train: range(0, 24), validation: new Int32Array(0) };
const half: Fold = { train: range(0, 12), validation: range(12, 24) };
const document = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

function fitted(
  lines: readonly string[],
  fold: Fold,
  known: KnownStates = {},
  of: UnitData = data,
  seed = 0,
): FitResult {
  const [group] = planOf(document(...lines)).groups;
  if (group === undefined) throw new Error('There is nothing to fit.');
  const { steps, splitterIndex } = group;
  return fitUnit(
    of,
    { kind: 'fit', steps, splitterIndex, fold, input: null, known, pathValues: null, seed, keepChains: true },
    context,
  );
}
const statesOf = ({ records }: FitResult): KnownStates =>
  Object.fromEntries(records.map(({ key, states }) => [key, states]));
const reuse = ({ records }: FitResult) => records.map(({ reused }) => reused);
const numbers = ({ predictions, chains }: FitResult) => ({ predictions, chains });

const CV = 'KFold: {n_splits: 2}';
const PLS = 'PLS: {n_components: 2, scale: false}';

describe('a state that was fitted elsewhere', () => {
  const behind = [CV, 'MSC', 'StandardScaler', PLS];

  test('serves the same fold, and changes nothing', () => {
    const first = fitted(behind, half);
    const again = fitted(behind, half, statesOf(first));
    expect(reuse(first)).toEqual([false, false]);
    expect(reuse(again)).toEqual([true, true]);
    expect(numbers(again)).toEqual(numbers(first));
  });

  test('of a fold never serves the refit, another fold, or other data', () => {
    const ofFold = statesOf(fitted(behind, half));
    const others: [Fold, UnitData][] = [
      [whole, data],
      [{ train: half.validation, validation: half.train }, data],
      [{ train: half.train.toReversed(), validation: half.validation }, data],
      [
        half,
        unitDataOf(
          {
            x: matrix(
              N,
              P,
              source.x.data.map((value) => value * 1.001),
            ),
            y,
          },
          { train: data.train, test: data.test },
        ),
      ],
    ];
    for (const [fold, of] of others) {
      const found = fitted(behind, fold, ofFold, of);
      expect(reuse(found)).toEqual([false, false]);
      expect(numbers(found)).toEqual(numbers(fitted(behind, fold, {}, of)));
    }
  });

  test('of another class, other parameters, another order or another seed is none', () => {
    const known = statesOf(fitted(behind, half));
    const others: [string[], number][] = [
      [[CV, 'MeanCenter', 'StandardScaler', PLS], 0],
      [[CV, 'StandardScaler', 'MSC', PLS], 0],
      [[CV, 'SNV', 'StandardScaler', PLS], 0],
      [behind, 1],
    ];
    for (const [lines, seed] of others)
      expect(reuse(fitted(lines, half, known, data, seed)), lines.join()).toEqual([false, false]);
    // The first step is the same here, what follows is not.
    expect(reuse(fitted([CV, 'MSC', 'StandardScaler: {with_mean: false}', PLS], half, known))).toEqual([true, false]);
  });

  test('before the splitter serves every fold and the refit', () => {
    const before = ['MSC', CV, PLS];
    const known = statesOf(fitted(before, half));
    for (const fold of [half, whole, { train: half.validation, validation: half.train }])
      expect(reuse(fitted(before, fold, known))).toEqual([true]);
    // At the other side of the splitter it learned from other rows.
    expect(reuse(fitted([CV, 'MSC', PLS], half, known))).toEqual([false]);
  });

  test('with fit_on_all is the same in every fold and in the refit', () => {
    const lines = [CV, '{preprocessing: StandardScaler, fit_on_all: true}', PLS];
    const known = statesOf(fitted(lines, half));
    expect(Object.values(known)).toHaveLength(1);
    expect(reuse(fitted(lines, whole, known))).toEqual([true]);
    expect(fitted(lines, whole).chains?.[0]?.steps[0]).toEqual(fitted(lines, half).chains?.[0]?.steps[0]);
  });

  test('without any learning serves whatever data come, on the same axis', () => {
    const lines = ['SavitzkyGolay: {window_length: 5}', CV, PLS];
    const known = statesOf(fitted(lines, half));
    const other = unitDataOf(
      {
        x: matrix(
          N,
          P,
          source.x.data.map((value) => value + 1),
        ),
        y,
      },
      { train: data.train, test: data.test },
    );
    expect(reuse(fitted(lines, whole, known, other))).toEqual([true]);
    const shifted = unitDataOf(
      { x: source.x, y, axis: Float64Array.from({ length: P }, (_, j) => 900 + 3 * j) },
      { train: data.train, test: data.test },
    );
    expect(reuse(fitted(lines, whole, known, shifted))).toEqual([false]);
  });

  test('behind an augmentation or a filter is another one than without', () => {
    const known = statesOf(fitted([CV, 'MSC', PLS], half));
    expect(
      reuse(fitted([CV, 'sample_augmentation: {transformers: [GaussianAdditiveNoise]}', 'MSC', PLS], half, known)),
    ).toEqual([false]);
    expect(
      reuse(
        fitted([CV, 'exclude: {YOutlierFilter: {method: percentile, lower_percentile: 20}}', 'MSC', PLS], half, known),
      ),
    ).toEqual([false]);
  });
});

describe('the name of a chain', () => {
  const keyOf = (...lines: string[]) => {
    const { steps, splitterIndex } = planOf(document(...lines, PLS)).groups[0] ?? { steps: [], splitterIndex: -1 };
    return chainKey(steps, steps.length - 1, splitterIndex, operatorsByKind);
  };
  test('does not depend on the order or the spelling of parameters', () => {
    expect(keyOf(CV, 'SavitzkyGolay: {window_length: 9, deriv: 1}')).toBe(
      keyOf(CV, 'SavitzkyGolay: {deriv: 1, window_length: 9}'),
    );
    expect(keyOf(CV, 'SNV')).toBe(keyOf(CV, '{class: nirs4all.operators.transforms.StandardNormalVariate}'));
    expect(keyOf(CV, 'StandardScaler')).toBe(keyOf(CV, 'StandardScaler: {with_mean: true}'));
  });
  test('depends on the side of the splitter, on fit_on_all, and on everything that a sample step is told', () => {
    const keys = [
      keyOf(CV, 'MSC'),
      keyOf('MSC', CV),
      keyOf(CV, '{preprocessing: MSC, fit_on_all: true}'),
      keyOf(CV, 'exclude: YOutlierFilter'),
      keyOf(CV, 'exclude: {YOutlierFilter: {threshold: 2}}'),
      keyOf(CV, 'exclude: {filters: [YOutlierFilter], mode: all}'),
      keyOf(CV, 'tag: {a: YOutlierFilter}'),
      keyOf(CV, 'tag: {b: YOutlierFilter}'),
      keyOf(CV, 'sample_augmentation: {transformers: [Mixup], count: 1}'),
      keyOf(CV, 'sample_augmentation: {transformers: [Mixup], count: 2}'),
      keyOf(CV, 'sample_augmentation: {transformers: [Mixup], random_state: 2}'),
      keyOf(CV, 'sample_augmentation: {transformers: [Mixup], selection: all}'),
      keyOf(CV, 'sample_augmentation: {transformers: [Mixup], balance: y}'),
      keyOf(CV, 'feature_augmentation: [MSC]'),
      keyOf(CV, '{feature_augmentation: [MSC], action: replace}'),
      keyOf(CV, 'concat_transform: [MSC]'),
      keyOf(CV, 'y_processing: StandardScaler'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what is computed by itself', () => {
  const prepared = async (...lines: string[]) => {
    const pool = inProcessPool();
    const run = await runInMemory(data, document(...lines), { pool });
    expect(run.error).toBeNull();
    return pool.prepared.map(({ end, fold }) => `${end}${fold === null ? '' : ' in a fold'}`);
  };
  test('what every fold shares, once; what one fold alone needs, inside its fit', async () => {
    expect(await prepared('SNV', 'MSC', 'KFold: {n_splits: 3}', 'StandardScaler', 'Ridge')).toEqual(['2']);
    expect(await prepared('KFold: {n_splits: 3}', 'StandardScaler', 'Ridge')).toEqual([]);
  });
  test('the places where chains part, in each fold and in the refit where both are refitted', async () => {
    const parting = ['KFold: {n_splits: 3}', 'StandardScaler', '_or_: [{Ridge: {alpha: 1}}, {PLS: {n_components: 2}}]'];
    expect((await prepared(...parting)).slice(0, 3)).toEqual(['2 in a fold', '2 in a fold', '2 in a fold']);
  });
  test('the spectra that a splitter looks at', async () => {
    expect(await prepared('MSC', 'KennardStone: {test_size: 0.3}', 'Ridge')).toEqual(['1']);
  });
});
