import { describe, expect, test } from 'vitest';
import { randomState } from '#core/base/randomState.ts';
import { catalog } from '#core/catalog/operators.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { UnitData } from '#core/execution/unit.ts';
import { tecator } from '#tests/support/golden.ts';
import { runInMemory, unitDataOf, type MemoryRun } from '#tests/support/runInMemory.ts';

/** What a fit may know: the training rows of its fold. Each case would fail if another row reached it. */
const { source, targets } = syntheticSpectra(48, 60, 11);
const y = targets[0]?.values ?? new Float64Array(0);
const train = Int32Array.from({ length: 40 }, (_, k) => k);
const test_ = Int32Array.from({ length: 8 }, (_, k) => 40 + k);
/** Pairs of measurements of one sample, for the steps that learn from them. */
const metadata = {
  sample: Array.from({ length: 48 }, (_, row) => `s${row >> 1}`),
  instrument: Array.from({ length: 48 }, (_, row) => (row % 2 === 0 ? 'A' : 'B')),
};
const clean = unitDataOf({ x: source.x, y }, { train, test: test_, metadata });

/** The same data with wild spectra and targets in the named rows. */
function spoiled(rows: readonly number[]): UnitData {
  const x = source.x.data.slice();
  const values = y.slice();
  for (const row of rows) {
    for (let j = 0; j < 60; j++) x[row * 60 + j] = 1e4 * (2 + Math.sin(row + j));
    values[row] = 1e5;
  }
  return { ...unitDataOf({ x: { ...source.x, data: x }, y: values }, { train, test: test_, metadata }) };
}

const training = ({ predictions }: MemoryRun, fold: string) =>
  predictions.filter((one) => one.fold === fold && one.partition === 'train').map((one) => one.predicted);
const heldOut = ({ predictions }: MemoryRun) =>
  predictions.filter((one) => one.partition === 'validation').map((one) => one.predicted);

const learning = catalog.all.filter((one) => one.kind === 'transform' && one.stateful && one.spectral !== false);
const targetSteps = catalog.all.filter((one) => one.kind === 'transform' && one.target && one.classNames === undefined);

describe('rows that are held out do not reach a fit', () => {
  test('there are operators that learn', () => {
    expect(learning.map((one) => one.id)).toEqual(expect.arrayContaining(['MSC', 'StandardScaler', 'MinMaxScaler']));
  });

  for (const operator of learning)
    test(`${operator.id} in the fold: wild validation rows change nothing on the training rows`, async () => {
      const text = `pipeline:\n  - KFold: {n_splits: 4}\n  - ${operator.id}\n  - PLS: {n_components: 3, scale: true}\n`;
      const before = await runInMemory(clean, text);
      const after = await runInMemory(spoiled([0, 3, 9]), text); // all in the first fold
      expect(before.error).toBeNull();
      expect(training(after, 'fold_0')).toEqual(training(before, 'fold_0'));
      expect(training(after, 'fold_1')).not.toEqual(training(before, 'fold_1'));
    });

  for (const operator of targetSteps)
    test(`${operator.id} as y_processing: wild validation targets change nothing on the training rows`, async () => {
      const text = `pipeline:\n  - KFold: {n_splits: 4}\n  - y_processing: ${operator.id}\n  - PLS: {n_components: 3}\n`;
      const before = await runInMemory(clean, text);
      const after = await runInMemory(spoiled([2]), text);
      expect(before.error).toBeNull();
      expect(training(after, 'fold_0')).toEqual(training(before, 'fold_0'));
    });

  test('the same step before the splitter does see them: the planted rows can tell', async () => {
    const text = 'pipeline:\n  - StandardScaler\n  - KFold: {n_splits: 4}\n  - PLS: {n_components: 3, scale: false}\n';
    const before = await runInMemory(clean, text);
    const after = await runInMemory(spoiled([0, 3, 9]), text);
    expect(training(after, 'fold_0')).not.toEqual(training(before, 'fold_0'));
  });

  test('a learning step before the splitter is reported in the run’s warnings', async () => {
    const { result } = await runInMemory(
      clean,
      'pipeline:\n  - MSC\n  - KFold: {n_splits: 4}\n  - PLS: {n_components: 3}\n',
    );
    expect(result?.warnings.join(' ')).toMatch(/before the splitter|leak/i);
  });
});

describe('test rows influence nothing that is fitted', () => {
  const text = [
    'pipeline:',
    '  - MSC',
    '  - KFold: {n_splits: 4, shuffle: true, random_state: 3}',
    '  - StandardScaler',
    '  - y_processing: StandardScaler',
    '  - PLS: {n_components: {_range_: [1, 6]}, scale: true}',
  ].join('\n');

  test('other test rows: the same out-of-fold predictions, the same choice, the same fitted chain', async () => {
    const before = await runInMemory(clean, text);
    const after = await runInMemory(spoiled([...test_]), text);
    expect(before.error).toBeNull();
    expect(heldOut(after)).toEqual(heldOut(before));
    expect(after.result?.cvBest).toEqual(before.result?.cvBest);
    expect(after.final?.chain.steps).toEqual(before.final?.chain.steps);
    expect(after.result?.rmsep).not.toBe(before.result?.rmsep);
  });
});

describe('chance finds nothing', () => {
  test('50 runs on shuffled reference values: the mean cross-validated R² is at most 0.05', async () => {
    const { x, axis, target } = tecator();
    const fat = target('fat');
    const random = randomState(20260101);
    const found: number[] = [];
    for (let run = 0; run < 50; run++) {
      const order = random.permutation(fat.length);
      const data = unitDataOf({ x, axis, y: Float64Array.from(order, (k) => fat[k] ?? NaN) });
      const { variants, result } = await runInMemory(
        data,
        'refit: false\npipeline:\n  - KFold: {n_splits: 5, shuffle: true, random_state: 1}\n  - MSC\n  - StandardScaler\n  - PLS: {n_components: {_range_: [1, 8]}, scale: false}\n',
      );
      found.push(variants.get(result?.cvBest?.variant ?? -1)?.r2cv ?? NaN);
    }
    expect(found.reduce((sum, one) => sum + one / 50, 0)).toBeLessThanOrEqual(0.05);
  });
});
