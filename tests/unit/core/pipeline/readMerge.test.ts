import { describe, expect, test } from 'vitest';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import type { MergeStep, PredictionSource } from '#core/pipeline/stepNode.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const parse = (step: string) => parsePipeline(`pipeline:\n  - ${step}\n`, fakeCatalog);

function mergeOf(step: string): MergeStep {
  const { document, problems } = parse(step);
  expect(problems).toEqual([]);
  const [found] = document.steps;
  if (found?.kind !== 'merge') throw new Error(`${step} is a ${found?.kind ?? 'nothing'}`);
  return found;
}

const source = (given: Partial<PredictionSource> = {}): PredictionSource => ({
  lane: null,
  select: 'all',
  metric: null,
  aggregate: 'separate',
  ...given,
});
const usual: MergeStep = {
  kind: 'merge',
  what: 'features',
  features: null,
  predictions: [],
  sources: null,
  includeOriginal: false,
  outputAs: 'features',
  onMissing: 'error',
  onShapeMismatch: 'error',
  path: ['pipeline', 0],
};

describe('every spelling says what is joined', () => {
  test.each<[string, Partial<MergeStep>]>([
    ['merge: features', { features: 'all' }],
    ['merge: predictions', { what: 'predictions', predictions: [source()] }],
    ['merge: all', { what: 'all', features: 'all', predictions: [source()] }],
    ['merge: concat', { what: 'concat' }],
    ['merge: {features: all}', { features: 'all' }],
    ['merge: {features: true}', { features: 'all' }],
    ['merge: {features: [0, nir]}', { features: [0, 'nir'] }],
    ['merge: {features: 1}', { features: [1] }],
    ['merge: {features: {branches: [0, 2]}}', { features: [0, 2] }],
    ['merge: {all: true}', { what: 'all', features: 'all', predictions: [source()] }],
    ['merge: {concat: true}', { what: 'concat' }],
    ['merge: {concat: false, features: all}', { features: 'all' }],
    ['merge: {predictions: all}', { what: 'predictions', predictions: [source()] }],
    [
      'merge: {predictions: [0, b]}',
      { what: 'predictions', predictions: [source({ lane: 0 }), source({ lane: 'b' })] },
    ],
    ['merge: {predictions: nir}', { what: 'predictions', predictions: [source({ lane: 'nir' })] }],
    [
      'merge: {predictions: {branches: [0, 1], select: best}}',
      {
        what: 'predictions',
        predictions: [source({ lane: 0, select: 'best' }), source({ lane: 1, select: 'best' })],
      },
    ],
    ['merge: {features: [0], predictions: [1]}', { what: 'mixed', features: [0], predictions: [source({ lane: 1 })] }],
    ['merge: {sources: concat}', { what: 'sources', sources: 'concat' }],
    ['merge: {sources: stack}', { what: 'sources', sources: 'stack' }],
    ['merge: {sources: dict}', { what: 'sources', sources: 'dict' }],
    [
      'merge: {sources: {strategy: stack, sources: [a, b], on_incompatible: flatten, output_name: x, preserve_source_info: true}}',
      { what: 'sources', sources: 'stack', features: ['a', 'b'], onShapeMismatch: 'allow' },
    ],
    [
      'merge: {sources: {strategy: stack, on_incompatible: pad}}',
      { what: 'sources', sources: 'stack', onShapeMismatch: 'pad' },
    ],
    ['merge_sources: concat', { what: 'sources', sources: 'concat' }],
    ['merge_sources: true', { what: 'sources', sources: 'concat' }],
    ['merge_sources: {strategy: dict}', { what: 'sources', sources: 'dict' }],
    ['merge_predictions: all', { what: 'predictions', predictions: [source()] }],
    ['merge_predictions: true', { what: 'predictions', predictions: [source()] }],
    ['merge_predictions: [0]', { what: 'predictions', predictions: [source({ lane: 0 })] }],
    [
      'merge_predictions: {select: best, on_missing: skip}',
      { what: 'predictions', predictions: [source({ select: 'best' })], onMissing: 'skip' },
    ],
    [
      'merge: {_comment: why, predictions: all, include_original: true, output_as: dict, on_missing: warn, on_shape_mismatch: truncate}',
      {
        what: 'predictions',
        predictions: [source()],
        includeOriginal: true,
        outputAs: 'dict',
        onMissing: 'warn',
        onShapeMismatch: 'truncate',
      },
    ],
    ['merge: {features: all, unsafe: false}', { features: 'all' }],
  ])('%s', (step, expected) => {
    expect(mergeOf(step)).toEqual({ ...usual, ...expected });
  });
});

describe('which models of a lane, and how they are put together', () => {
  const ofLane = (settings: string): PredictionSource | undefined =>
    mergeOf(`merge: {predictions: [{branch: 0, ${settings}}]}`).predictions[0];
  test.each<[string, Partial<PredictionSource>]>([
    ['select: all', {}],
    ['select: best, metric: rmse', { select: 'best', metric: 'rmse' }],
    ['select: {top_k: 2}, metric: neg_mean_absolute_error', { select: { topK: 2 }, metric: 'mae' }],
    ['select: {explicit: [PLS, RF]}', { select: { explicit: ['PLS', 'RF'] } }],
    ['select: [PLS]', { select: { explicit: ['PLS'] } }],
    ['models: [PLS]', { select: { explicit: ['PLS'] } }],
    ['aggregate: mean', { aggregate: 'mean' }],
    ['aggregate: weighted_mean, weight_metric: r2', { aggregate: 'weighted_mean', metric: 'r2' }],
    ['metric: r2, weight_metric: r2_score', { metric: 'r2' }],
    ['aggregate: proba_mean, proba: true', { aggregate: 'proba_mean' }],
    ['select_by: mse', { metric: 'mse' }],
    ['sources: all', {}],
    ['select: null, metric: null', {}],
  ])('%s', (settings, expected) => {
    expect(ofLane(settings)).toEqual(source({ lane: 0, ...expected }));
  });

  test('settings beside predictions hold for every lane that says nothing else', () => {
    const step =
      'merge: {predictions: [0, {branch: b, select: all}, {branch: 2, metric: mae}], select: best, metric: r2}';
    expect(mergeOf(step).predictions).toEqual([
      source({ lane: 0, select: 'best', metric: 'r2' }),
      source({ lane: 'b', select: 'all', metric: 'r2' }),
      source({ lane: 2, select: 'best', metric: 'mae' }),
    ]);
    expect(mergeOf('merge: {predictions: all, aggregate: mean}').predictions).toEqual([source({ aggregate: 'mean' })]);
    expect(mergeOf('merge: {all: true, select: best}').predictions).toEqual([source({ select: 'best' })]);
  });
});

describe('what nobody can mean has a place and a sentence', () => {
  test.each<[string, number, string, string]>([
    ['merge: predictons', 5, 'pipeline.merge', 'Did you mean "predictions"?'],
    ['merge: [0, 1]', 5, 'pipeline.merge', 'not a list'],
    ['merge: {}', 5, 'pipeline.merge', 'joins nothing'],
    ['merge: {features: false}', 5, 'pipeline.merge', 'joins nothing'],
    ['merge: {prediction: all, features: all}', 5, 'pipeline.unknown-key', 'Did you mean "predictions"?'],
    ['merge: {concat: true, predictions: all}', 5, 'pipeline.merge', 'concat stands alone'],
    ['merge: {sources: concat, features: all}', 5, 'pipeline.merge', 'sources stands alone'],
    ['merge: {features: []}', 5, 'pipeline.merge', 'empty'],
    ['merge: {features: [0, 0]}', 5, 'pipeline.merge', 'named twice'],
    ['merge: {features: [-1]}', 5, 'pipeline.merge', 'counted from 0'],
    ['merge: {features: [0.5]}', 5, 'pipeline.merge', 'counted from 0'],
    ['merge: {predictions: []}', 5, 'pipeline.merge', 'empty'],
    ['merge: {predictions: [{branch: 0}, {branch: 0}]}', 5, 'pipeline.merge', 'more than once'],
    ['merge: {predictions: [{select: best}, {branch: 0}]}', 5, 'pipeline.merge', 'all lanes'],
    ['merge: {predictions: [{branch: 0, selct: best}]}', 5, 'pipeline.unknown-key', 'Did you mean "select"?'],
    ['merge: {predictions: [{branch: 0, select: bst}]}', 5, 'pipeline.setting', 'Did you mean "best"?'],
    ['merge: {predictions: [{branch: 0, select: {top_k: 0}}]}', 5, 'pipeline.setting', 'at least 1'],
    ['merge: {predictions: [{branch: 0, select: {top_k: 1.5}}]}', 5, 'pipeline.setting', 'at least 1'],
    ['merge: {predictions: [{branch: 0, select: {topk: 2}}]}', 5, 'pipeline.unknown-key', 'Did you mean "top_k"?'],
    ['merge: {predictions: [{branch: 0, select: []}]}', 5, 'pipeline.setting', 'names of models'],
    ['merge: {predictions: [{branch: 0, select: {explicit: [3]}}]}', 5, 'pipeline.setting', 'names of models'],
    ['merge: {predictions: [{branch: 0, metric: rmsee}]}', 5, 'pipeline.setting', 'Did you mean "rmse"?'],
    ['merge: {predictions: [{branch: 0, metric: rmse, weight_metric: r2}]}', 5, 'pipeline.setting', 'one metric'],
    ['merge: {predictions: [{branch: 0, aggregate: median}]}', 5, 'pipeline.setting', 'separate, mean'],
    ['merge: {predictions: [{branch: 0, weights: [1, 2]}]}', 5, 'pipeline.setting', 'weighted_mean'],
    ['merge: {predictions: all, weights: [1, 2]}', 5, 'pipeline.setting', 'weighted_mean'],
    ['merge: {predictions: [{branch: 0, sources: [NIR]}]}', 5, 'pipeline.setting', 'by_source'],
    ['merge: {features: all, select: best}', 5, 'pipeline.setting', 'features only'],
    ['merge: {sources: concat, select: best}', 5, 'pipeline.setting', 'joins sources'],
    ['merge: {sources: concatt}', 5, 'pipeline.setting', 'Did you mean "concat"?'],
    ['merge: {sources: {strategi: stack}}', 5, 'pipeline.unknown-key', 'Did you mean "strategy"?'],
    ['merge: {features: all, output_as: feature}', 5, 'pipeline.setting', 'Did you mean "features"?'],
    ['merge: {features: all, on_missing: ignore}', 5, 'pipeline.setting', 'error, warn or skip'],
    ['merge: {features: all, on_shape_mismatch: cut}', 5, 'pipeline.setting', 'error, allow, pad or truncate'],
    ['merge: {features: all, include_original: 1}', 5, 'pipeline.setting', 'true or false'],
  ])('%s', (step, column, code, told) => {
    const { problems } = parse(step);
    const found = problems.find((problem) => problem.code === code);
    expect(found?.severity).toBe('error');
    expect(found?.message).toContain(told);
    expect(found?.line).toBe(2);
    expect(found?.column).toBeGreaterThanOrEqual(column);
  });

  test('the place is that of the wrong word', () => {
    const [problem] = parse('merge:\n      predictions:\n        - branch: 0\n          select: {top_k: 0}').problems;
    expect([problem?.line, problem?.column]).toEqual([5, 20]);
  });
});

describe('leakage cannot be written', () => {
  test.each([
    'merge: {predictions: all, unsafe: true}',
    'merge: {predictions: all, allow_leakage: true}',
    'merge: {predictions: [{branch: 0, unsafe: true}]}',
    'merge: {predictions: {in_sample: true}}',
    'merge: {predictions: all, oof: false}',
    'merge_predictions: {unsafe: true}',
    'model: {MetaModel: {model: Ridge, stacking_config: {allow_no_cv: true}}}',
  ])('%s', (step) => {
    const found = parse(step).problems.filter(({ code }) => code === 'pipeline.leak');
    expect(found).toHaveLength(1);
    expect(found[0]?.severity).toBe('error');
    expect(found[0]?.message).toContain('always gets out-of-fold predictions');
  });

  test('what a merge says has no word for in-sample predictions', () => {
    const step = mergeOf('merge: {predictions: all, unsafe: false, oof: true}');
    expect(step).toEqual({ ...usual, what: 'predictions', predictions: [source()] });
  });
});

test('settings without an effect are told, and harm nothing', () => {
  const told = (step: string) => parse(step).problems.map(({ severity, message }) => `${severity}: ${message}`);
  expect(told('merge: {features: all, output_as: sources, source_names: [a, b]}')).toEqual([
    'warning: source_names has no effect: what is merged keeps the names of its lanes.',
  ]);
  expect(told('merge: {predictions: [{branch: 0, proba: false}]}')).toEqual([
    'warning: proba: false has no effect: of a classifier the probabilities of the classes go on, always.',
  ]);
});
