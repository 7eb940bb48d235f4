import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import type { Fold } from '#core/data/operator.ts';
import { sideBySide } from '#core/data/sources.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import { leakChecks } from '#core/execution/leakChecks.ts';
import { rawStage, runSteps } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import type { StageBlock, UnitData } from '#core/execution/unit.ts';
import { joinColumns, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { planOf, runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** Two instruments with axes of their own, of which the second sees the first in another light. */
const rows = 40;
const { source: nir, targets } = syntheticSpectra(rows, 24, 4);
const y = targets[0]?.values ?? new Float64Array(0);
const mir: Matrix = {
  rows,
  cols: 9,
  data: Float64Array.from({ length: rows * 9 }, (_, k) => {
    const [i, j] = [Math.floor(k / 9), k % 9];
    return 3 + Math.cos(i * 1.7 + j) + 0.2 * j * (y[i] ?? 0);
  }),
};
const axes = {
  nir: Float64Array.from({ length: 24 }, (_, j) => 1100 + 2 * j),
  mir: Float64Array.from({ length: 9 }, (_, j) => 4000 - 8 * j),
};
const { axis, sources } = sideBySide([
  { name: 'NIR', axis: { values: axes.nir, unit: 'nm' }, signal: 'absorbance' },
  { name: 'MIR', axis: { values: axes.mir, unit: 'cm-1' }, signal: 'absorbance' },
]);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const parts = { train: range(0, 32), test: range(32, rows) };
const both = joinColumns([nir.x, mir]);
const data: UnitData = { ...unitDataOf({ x: both, y }, parts), axis, sources };
const fold: Fold = { train: range(6, 32), validation: range(0, 6) };

function transformed(id: string, x: Matrix, values: Float64Array, unit: 'nm' | 'cm-1'): Matrix {
  const transform = operatorsByKind.transform(id);
  const params = transform.params.parse({});
  const scene = { seed: 0, y: null, classCount: 0, metadata: {}, cancel: neverCancelled, notice: () => undefined };
  return transform.apply(
    x,
    transform.fit(takeRows(x, parts.train), params, { axis: { values, unit }, ...scene }),
    params,
  );
}
const each = (id: string): Matrix[] => [transformed(id, nir.x, axes.nir, 'nm'), transformed(id, mir, axes.mir, 'cm-1')];

const document = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

function datasetBlocks(of: UnitData, ...lines: string[]): readonly StageBlock<Matrix>[] {
  const steps: readonly PlannedStep[] =
    planOf(document(...lines, 'KFold', 'PLS: {n_components: 2}')).groups[0]?.steps ?? [];
  const stage = runSteps(
    of,
    { steps, splitterIndex: lines.length, fold, input: null, known: {}, seed: 0 },
    lines.length,
    { records: [], notices: [] },
    { lookup: operatorsByKind, cancel: neverCancelled, now: () => 0 },
  );
  if (stage.level !== 'dataset') throw new Error('These steps see all rows alike.');
  return stage.blocks;
}

describe('blocks before the model', () => {
  test('one a source, each with its columns, axis and lane', () => {
    const { blocks } = rawStage(data);
    expect(blocks).toEqual([
      {
        x: nir.x,
        axis: { values: axes.nir, unit: 'nm' },
        lane: [{ role: 'source', name: 'NIR', from: 0, to: 24 }],
        source: 'NIR',
      },
      {
        x: mir,
        axis: { values: axes.mir, unit: 'cm-1' },
        lane: [{ role: 'source', name: 'MIR', from: 24, to: 33 }],
        source: 'MIR',
      },
    ]);
  });

  test('one with an empty lane for one source, and nothing is copied', () => {
    const { blocks } = rawStage(unitDataOf({ x: both, y }));
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ lane: [] });
    expect(blocks[0]).not.toHaveProperty('source');
    expect(blocks[0]?.x).toMatchObject({ data: both.data });
  });

  test.each(['SNV', 'MSC', 'StandardScaler', 'FirstDerivative'])('%s works on each source by itself', (id) => {
    const blocks = datasetBlocks(data, id);
    expect(blocks.map(({ x }) => x)).toEqual(each(id));
    expect(blocks.map(({ source }) => source)).toEqual(['NIR', 'MIR']);
    expect(blocks.map(({ lane }) => lane.map(({ role }) => role))).toEqual([
      ['source', 'transform'],
      ['source', 'transform'],
    ]);
  });

  test('extend adds a view of each source; concat keeps the sources apart', () => {
    const extended = datasetBlocks(data, 'feature_augmentation: [SNV]');
    expect(extended.map(({ x, source }) => [source, x])).toEqual([
      ['NIR', nir.x],
      ['MIR', mir],
      ['NIR', each('SNV')[0]],
      ['MIR', each('SNV')[1]],
    ]);
    const joined = datasetBlocks(data, 'concat_transform: [SNV, MSC]');
    expect(joined.map(({ source }) => source)).toEqual(['NIR', 'MIR']);
    expect(joined.map(({ x }) => x)).toEqual(
      [0, 1].map((k) => joinColumns(['SNV', 'MSC'].map((id) => each(id)[k] ?? mir))),
    );
  });
});

describe('a run', () => {
  const predictionsOf = async (of: UnitData, ...lines: string[]) => {
    const run = await runInMemory(of, document(...lines));
    expect(run.error).toBeNull();
    return run;
  };
  const whole = (blocks: readonly Matrix[]): UnitData => unitDataOf({ x: joinColumns(blocks), y }, parts);

  test.each([
    ['KFold: {n_splits: 4}', 'PLS: {n_components: 3}'],
    ['KFold: {n_splits: 4}', 'model: {PLS: {n_components: {_range_: [1, 4]}}}'],
    ['KFold: {n_splits: 4}', 'Ridge: {alpha: 0.1}'],
  ])('of SNV, %s and %s is that on the sources with SNV each', async (splitter, model) => {
    const several = await predictionsOf(data, 'SNV', splitter, model);
    const one = await predictionsOf(whole(each('SNV')), splitter, model);
    expect(several.predictions.length).toBe(one.predictions.length);
    several.predictions.forEach((part, k) => {
      const expected = one.predictions[k]?.predicted ?? new Float64Array(0);
      expect(part.predicted).toHaveLength(expected.length);
      part.predicted.forEach((value, i) => {
        expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
      });
    });
    const [step] = several.final?.chain.steps ?? [];
    expect(step).toMatchObject({
      role: 'concat',
      lanes: [
        [{ role: 'source', name: 'NIR', from: 0, to: 24 }, { role: 'transform' }],
        [{ role: 'source', name: 'MIR', from: 24, to: 33 }, { role: 'transform' }],
      ],
    });
    expect(several.final?.chain.inputAxis).toEqual(axis);
  });

  test('without a step before the model is that on all columns, with and without caches', async () => {
    const steps = ['KFold: {n_splits: 4}', 'PLS: {n_components: 3}'];
    const one = await runInMemory(whole([nir.x, mir]), document(...steps));
    for (const caches of [undefined, null]) {
      const several = await runInMemory(data, document(...steps), caches === null ? { caches } : {});
      expect(several.error).toBeNull();
      several.predictions.forEach((part, k) => {
        part.predicted.forEach((value, i) => {
          expect(value).toBeCloseTo(one.predictions[k]?.predicted[i] ?? NaN, 9);
        });
      });
    }
  });
});

test('a column of a source that is the target is told with its source', () => {
  const leaking: Matrix = {
    ...mir,
    data: mir.data.map((value, k) => (k % 9 === 4 ? 2 * (y[Math.floor(k / 9)] ?? 0) : value)),
  };
  const found = leakChecks({ ...data, x: joinColumns([nir.x, leaking]).data }, [fold], neverCancelled);
  expect(found).toEqual([expect.stringMatching(/^Column 5 of MIR is the target y itself/)]);
});
