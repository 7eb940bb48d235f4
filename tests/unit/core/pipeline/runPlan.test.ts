import { expect, test } from 'vitest';
import { variantAt } from '#core/pipeline/expandPipeline.ts';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { toRunPlanInput } from '#core/pipeline/runPlan.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const plan = (steps: string, index = 0) =>
  toRunPlanInput(variantAt(parsePipeline(`pipeline: ${steps}`, fakeCatalog).document, index), fakeCatalog);

test('steps come flat, in order, with complete parameters and their place', () => {
  const { steps, label } = plan(
    '[[SNV, {MSC: {}}], KFold, {y_processing: [MinMax, StandardScaler]}, {model: {PLS: {n_components: {_range_: [1, 3]}}}, name: base, train_params: {scale: false}, refit_params: {scale: true}}]',
    2,
  );
  expect(label).toBe('n_components 3');
  expect(steps).toEqual([
    { kind: 'transform', id: 'SNV', params: { ddof: 0 }, path: ['pipeline', 0, 0] },
    { kind: 'transform', id: 'MSC', params: {}, path: ['pipeline', 0, 1] },
    {
      kind: 'splitter',
      id: 'KFold',
      params: { n_splits: 5, shuffle: false, random_state: null },
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
    },
  ]);
});

test('a metadata column is a predefined split', () => {
  expect(plan('[{split: batch}, PLS]').steps[0]).toEqual({
    kind: 'splitter',
    id: 'PredefinedSplit',
    params: { test_fold: null, column: 'batch' },
    path: ['pipeline', 0],
  });
});

test.each([
  ['[KFold, {branch: [[PLS], [Ridge]]}]', 'pipeline.not-run', /"branch".*branches are not run/],
  ['[{split: folds.csv}, PLS]', 'pipeline.not-run', /folds.csv.*file/],
  ['[{split: KFold, group: batch}, PLS]', 'pipeline.not-run', /group/],
  ['[KFold, RandomForest]', 'pipeline.not-run', /RandomForest.*not available in this version/],
  ['[KFold, {model: PLS, finetune_params: {n_trials: 3}}]', 'pipeline.not-run', /finetune_params/],
  ['[{exclude: YOutlierFilter}, PLS]', 'pipeline.not-run', /filters/],
  ['[{sample_augmentation: Mixup}, PLS]', 'pipeline.not-run', /augmentation/],
  ['[{feature_augmentation: [SNV]}, PLS]', 'pipeline.not-run', /views/],
  ['[{preprocessing: StandardScaler, fit_on_all: true}, PLS]', 'pipeline.not-run', /fit_on_all/],
  ['[KFold, SNVV, PLS]', 'catalog.unknown-id', /SNVV.*SNV/],
  ['[KFold, {PLS: {n_components: -1}}]', 'pipeline.parameter', /n_components/],
  ['[{y_processing: SNV}, PLS]', 'pipeline.not-run', /cannot be inverted/],
])('%s is refused by name', (steps, code, message) => {
  expect(() => plan(steps)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
  );
});
