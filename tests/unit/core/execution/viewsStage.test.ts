import { describe, expect, test } from 'vitest';
import { neverCancelled } from '#core/base/cancellation.ts';
import { operatorsByKind } from '#core/catalog/operatorsByKind.ts';
import { syntheticSpectra } from '#core/data/syntheticSpectra.ts';
import type { Fold } from '#core/data/operator.ts';
import { predictChain } from '#core/data/predictChain.ts';
import { runSteps } from '#core/execution/runSteps.ts';
import type { PlannedStep } from '#core/execution/stepPlans.ts';
import { joinColumns, takeRows, type Matrix } from '#core/numerics/matrix.ts';
import { planOf, runInMemory, unitDataOf } from '#tests/support/runInMemory.ts';

/** `feature_augmentation` and `concat_transform` against the same steps carried out one by one. */
const { source, targets } = syntheticSpectra(24, 20, 4);
const y = targets[0]?.values ?? new Float64Array(0);
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const data = unitDataOf({ x: source.x, y }, { train: range(0, 18), test: range(18, 24) });
const fold: Fold = { train: range(3, 18), validation: range(0, 3) };
const pipeline = (...steps: string[]) => `pipeline:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

/** All rows of the dataset after a transform that is fitted on some of them. */
function by(id: string, x: Matrix, fitted: ArrayLike<number> = fold.train): Matrix {
  const transform = operatorsByKind.transform(id);
  const params = transform.params.parse({});
  const state = transform.fit(takeRows(x, fitted), params, {
    axis: data.axis,
    seed: 0,
    y: null,
    classCount: 0,
    metadata: {},
    cancel: neverCancelled,
    notice: () => undefined,
  });
  return transform.apply(x, state, params);
}

/** The blocks before the model: all rows that the fold has, training first. */
function blocksOf(...lines: string[]): Matrix[] {
  const steps: readonly PlannedStep[] = planOf(pipeline(...lines, 'PLS: {n_components: 2}')).groups[0]?.steps ?? [];
  const stage = runSteps(
    data,
    { steps, splitterIndex: steps.findIndex(({ role }) => role === 'splitter'), fold, input: null, known: {}, seed: 0 },
    steps.length - 1,
    { records: [], notices: [] },
    { lookup: operatorsByKind, cancel: neverCancelled, now: () => 0 },
  );
  const order = [...fold.train, ...fold.validation, ...data.test];
  return stage.blocks.map(({ x }) => {
    if (!('train' in x)) return takeRows(x, order);
    const parts = [x.train, x.validation, x.test];
    return { rows: order.length, cols: x.train.cols, data: Float64Array.from(parts.flatMap((part) => [...part.data])) };
  });
}
const ordered = (x: Matrix): Matrix => takeRows(x, [...fold.train, ...fold.validation, ...data.test]);
const raw = source.x;
const snv = by('SNV', raw);

describe('the blocks', () => {
  const cases: [string, string[], Matrix[]][] = [
    [
      'extend keeps what there is and adds a view of the first',
      ['{feature_augmentation: [SNV, MSC], action: extend}'],
      [raw, snv, by('MSC', raw)],
    ],
    ['null is the view as it is', ['{feature_augmentation: [null, SNV], action: replace}'], [raw, snv]],
    ['extend has it already', ['{feature_augmentation: [null, SNV], action: extend}'], [raw, snv]],
    ['null stands beside the others', ['{concat_transform: [null, SNV]}'], [joinColumns([raw, snv])]],
    ['extend is the default', ['{feature_augmentation: [SNV]}'], [raw, snv]],
    [
      'a nested list is one view made in several steps',
      ['{feature_augmentation: [[SNV, MeanCenter]], action: extend}'],
      [raw, by('MeanCenter', snv)],
    ],
    ['replace gives up what there was', ['{feature_augmentation: [SNV, MSC], action: replace}'], [snv, by('MSC', raw)]],
    [
      'add carries on from every view there is',
      ['{feature_augmentation: [SNV]}', '{feature_augmentation: [MeanCenter], action: add}'],
      [raw, snv, by('MeanCenter', raw), by('MeanCenter', snv)],
    ],
    [
      'extend after extend begins with the first view again',
      ['{feature_augmentation: [SNV]}', '{feature_augmentation: [MeanCenter], action: extend}'],
      [raw, snv, by('MeanCenter', raw)],
    ],
    [
      'replace after extend',
      ['{feature_augmentation: [SNV]}', '{feature_augmentation: [MeanCenter], action: replace}'],
      [by('MeanCenter', raw), by('MeanCenter', snv)],
    ],
    [
      'an ordinary step behind views changes each of them',
      ['{feature_augmentation: [SNV]}', 'StandardScaler'],
      [by('StandardScaler', raw), by('StandardScaler', snv)],
    ],
    ['concat_transform is one block', ['{concat_transform: [SNV, MSC]}'], [joinColumns([snv, by('MSC', raw)])]],
    [
      'concat_transform in concat_transform',
      ['{concat_transform: [SNV, {concat_transform: [MSC, [SNV, MeanCenter]]}]}'],
      [joinColumns([snv, by('MSC', raw), by('MeanCenter', snv)])],
    ],
    [
      'concat_transform in each view',
      ['{feature_augmentation: [SNV]}', '{concat_transform: [MeanCenter, StandardScaler]}'],
      [
        joinColumns([by('MeanCenter', raw), by('StandardScaler', raw)]),
        joinColumns([by('MeanCenter', snv), by('StandardScaler', snv)]),
      ],
    ],
    [
      'concat_transform as one view of feature_augmentation',
      ['{feature_augmentation: [{concat_transform: [SNV, MSC]}], action: extend}'],
      [raw, joinColumns([snv, by('MSC', raw)])],
    ],
  ];
  for (const [name, lines, expected] of cases)
    test(name, () => {
      expect(blocksOf('KFold: {n_splits: 6}', ...lines)).toEqual(expected.map(ordered));
    });

  test('before the splitter they learn from all training samples', () => {
    const all = range(0, 18);
    expect(blocksOf('{feature_augmentation: [MSC]}', 'KFold: {n_splits: 6}')).toEqual(
      [raw, by('MSC', raw, all)].map(ordered),
    );
  });
});

test('no view at all is an error in the document', () => {
  for (const line of ['{feature_augmentation: [], action: replace}', '{concat_transform: [null]}'])
    expect(() => blocksOf('KFold: {n_splits: 6}', line), line).toThrow(/needs a transform/);
});

test('the model sees the views side by side, and the stored chain goes the same way', async () => {
  const text = pipeline(
    'KFold: {n_splits: 6}',
    'MeanCenter',
    '{feature_augmentation: [SNV, [MSC, StandardScaler]], action: extend}',
    '{concat_transform: [MeanCenter, {PCA: {n_components: 3}}]}',
    'Ridge: {alpha: 0.5}',
  );
  const { final, predictions, error } = await runInMemory(data, text);
  expect(error).toBeNull();
  const steps = final?.chain.steps ?? [];
  expect(
    steps.map((step) => (step.role === 'concat' ? step.lanes.length : 'id' in step ? step.id : step.role)),
  ).toEqual(['MeanCenter', 3, 'Ridge']);
  const stored = predictions.find((one) => one.fold === 'final' && one.partition === 'test');
  if (final === null || stored === undefined) throw new Error('There is no final model.');
  const again = predictChain(final.chain, takeRows(raw, data.test), operatorsByKind.any);
  expect([...again]).toEqual([...stored.predicted]);
});

test('views give the same numbers with one block as the step alone', async () => {
  const numbers = async (step: string) => {
    const { predictions } = await runInMemory(data, pipeline('KFold: {n_splits: 3}', step, 'PLS: {n_components: 2}'));
    return predictions.map((one) => one.predicted);
  };
  expect(await numbers('{feature_augmentation: [MSC], action: replace}')).toEqual(await numbers('MSC'));
  expect(await numbers('{concat_transform: [MSC]}')).toEqual(await numbers('MSC'));
});
