import { expect, test } from 'vitest';
import { variantAt } from '#core/pipeline/expandPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { planSteps } from '#core/pipeline/runPlan.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const plan = (steps: string, index = 0) => {
  const { steps: written, label } = variantAt(parsePipeline(`pipeline: ${steps}`, fakeCatalog).document, index);
  return { label, steps: written.flatMap((step) => planSteps(step, fakeCatalog)) };
};

test('steps come flat, in order, with complete parameters and their place', () => {
  const { steps, label } = plan(
    '[[SNV, {MSC: {}}], KFold, {y_processing: [MinMax, StandardScaler]}, {model: {PLS: {n_components: {_range_: [1, 3]}}}, name: base, train_params: {scale: false}, refit_params: {scale: true}}]',
    2,
  );
  expect(label).toBe('n_components 3');
  expect(steps).toEqual([
    { kind: 'transform', id: 'SNV', params: { ddof: 0 }, fitOnAll: false, path: ['pipeline', 0, 0] },
    { kind: 'transform', id: 'MSC', params: {}, fitOnAll: false, path: ['pipeline', 0, 1] },
    {
      kind: 'splitter',
      id: 'KFold',
      params: { n_splits: 5, shuffle: false, random_state: null },
      group: null,
      file: null,
      path: ['pipeline', 1],
    },
    { kind: 'target', id: 'MinMaxScaler', params: {}, path: ['pipeline', 2, 'y_processing', 0] },
    {
      kind: 'target',
      id: 'StandardScaler',
      params: { with_mean: true, with_std: true },
      path: ['pipeline', 2, 'y_processing', 1],
    },
    {
      kind: 'model',
      id: 'PLS',
      params: { n_components: 3, scale: false },
      path: ['pipeline', 3],
      name: 'base',
      refitParams: { scale: true },
      finetuneParams: null,
    },
  ]);
});

test('a metadata column is a predefined split', () => {
  expect(plan('[{split: batch}, PLS]').steps[0]).toEqual({
    kind: 'splitter',
    id: 'PredefinedSplit',
    params: { test_fold: null, column: 'batch' },
    group: null,
    file: null,
    path: ['pipeline', 0],
  });
});

test.each([
  ['[KFold, {rep_to_pp: true}, PLS]', 'pipeline.not-run', /rep_to_pp.*repetitions/],
  ['[KFold, RandomForest]', 'pipeline.not-run', /RandomForest.*not available in this version/],
  ['[{exclude: YOutlierFilter}, PLS]', 'pipeline.not-run', /YOutlierFilter.*not available/],
  ['[{sample_augmentation: Mixup}, PLS]', 'pipeline.not-run', /Mixup.*not available/],
  ['[KFold, SNVV, PLS]', 'catalog.unknown-id', /SNVV.*SNV/],
  ['[KFold, {PLS: {n_components: -1}}]', 'pipeline.parameter', /n_components/],
  ['[{y_processing: SNV}, PLS]', 'pipeline.not-run', /cannot be inverted/],
])('%s is refused by name', (steps, code, message) => {
  expect(() => plan(steps)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
  );
});

test('settings beside the keywords come along', () => {
  expect(plan('[{split: folds.csv}, PLS]').steps[0]).toMatchObject({ kind: 'splitter', file: 'folds.csv' });
  expect(plan('[{split: KFold, group: batch}, PLS]').steps[0]).toMatchObject({ kind: 'splitter', group: 'batch' });
  expect(plan('[{preprocessing: StandardScaler, fit_on_all: true}, PLS]').steps[0]).toMatchObject({ fitOnAll: true });
  const finetune = '{n_trials: 3, model_params: {n_components: [int, 1, 5]}}';
  expect(plan(`[KFold, {model: PLS, finetune_params: ${finetune}}]`).steps[1]).toMatchObject({
    finetuneParams: { n_trials: 3, model_params: { n_components: ['int', 1, 5] } },
  });
  expect(plan('[{feature_augmentation: [SNV, [Detrend, MSC]], action: add}, KFold, PLS]').steps[0]).toMatchObject({
    kind: 'views',
    action: 'add',
    lanes: [[{ id: 'SNV' }], [{ id: 'Detrend' }, { id: 'MSC' }]],
  });
});
