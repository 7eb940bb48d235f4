import { describe, expect, test } from 'vitest';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { topologyOf } from '#core/pipeline/topology.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

// The table of expected flags. S stacking, F feature merge, X mixed, C concat, P separation, W without merge,
// Q sequential, M multi-source; then depth, splitter index, number of model nodes, strategy.
type Row = readonly [
  row: string,
  steps: string,
  flags: string,
  depth: number,
  splitter: number | null,
  models: number,
  strategy: string,
];

const nested = '{branch: [[{branch: [PLS, PLS]}, {merge: predictions}, Ridge], RF]}';
const rows: readonly Row[] = [
  ['1', '[SNV, KFold, PLS]', '', 0, 1, 1, 'simple'],
  [
    '2 generator',
    '[{_or_: [SNV, MSC]}, KFold, {model: {PLS: {n_components: {_range_: [1, 5]}}}}]',
    '',
    0,
    1,
    1,
    'simple',
  ],
  ['2 finetuning', '[SNV, KFold, {model: PLS, finetune_params: {n_trials: 10}}]', '', 0, 1, 1, 'simple'],
  ['3', '[KFold, {branch: [[SNV, PCA], [MSC, PCA]]}, {merge: features}, Ridge]', 'F', 0, 0, 1, 'simple'],
  ['4', '[KFold, {branch: [[SNV, PLS], [MSC, RF]]}, {merge: predictions}, Ridge]', 'S', 1, 0, 3, 'stacking'],
  [
    '5',
    '[KFold, {branch: [[SNV, PCA], [MSC, PLS]]}, {merge: {features: [0], predictions: [1]}}, Ridge]',
    'X',
    0,
    0,
    2,
    'hybrid',
  ],
  ['6', '[KFold, {branch: [[SNV, PLS], [MSC, RF]]}]', 'W', 0, 0, 2, 'winning_branch'],
  ['7', '[{branch: [SNV, MSC]}, PLS]', 'W', 0, null, 1, 'competing'],
  ['8', '[MSC, KFold, {branch: [PLS, RF]}, {merge: predictions}, Ridge]', 'S', 1, 1, 3, 'stacking'],
  ['9', `[${nested}, {merge: predictions}, GBR]`, 'S', 2, null, 5, 'recursive'],
  [
    '10',
    `[{branch: [[${nested}, {merge: predictions}, Ridge], SVR]}, {merge: predictions}, GBR]`,
    'S',
    3,
    null,
    7,
    'recursive',
  ],
  [
    '11',
    '[KFold, {branch: [[{branch: [SNV, MSC]}, {merge: features}, PLS], RF]}, {merge: predictions}, Ridge]',
    'SF',
    1,
    0,
    3,
    'stacking',
  ],
  ['12', '[KFold, {branch: {by_metadata: site}}, PLS, {merge: concat}]', 'CP', 0, 0, 1, 'per_branch'],
  ['13', '[{branch: {by_metadata: site, steps: [SNV, PLS]}}, {merge: concat}]', 'CP', 0, null, 1, 'per_branch'],
  ['14', '[{branch: {by_metadata: site, steps: [SNV, PLS]}}, {merge: concat}, Ridge]', 'CPS', 1, null, 2, 'stacking'],
  ['15 tag', '[{branch: {by_tag: outlier, steps: [SNV, PLS]}}, {merge: concat}]', 'CP', 0, null, 1, 'per_branch'],
  [
    '15 filter',
    '[{branch: {by_filter: {YOutlierFilter: {}}, steps: [SNV, PLS]}}, {merge: concat}]',
    'CP',
    0,
    null,
    1,
    'per_branch',
  ],
  ['16', '[{branch: {by_metadata: site, steps: [SNV, PLS]}}]', 'P', 0, null, 1, 'per_branch'],
  [
    '17',
    '[{branch: {by_source: {NIR: [SNV, PLS], markers: [MinMax, Ridge]}}}, {merge: {sources: concat}}, GBR]',
    'PMS',
    1,
    null,
    3,
    'stacking_per_source',
  ],
  [
    '18',
    '[{branch: {by_source: {NIR: [SNV], markers: [MinMax]}}}, {merge: {sources: concat}}, PLS]',
    'PM',
    0,
    null,
    1,
    'simple',
  ],
  ['19', '[KFold, SNV, PLS, Ridge]', 'QS', 1, 0, 2, 'implicit_stacking'],
  ['20', '[KFold, PLS, RF, {meta_model: Ridge}]', 'QS', 1, 0, 3, 'stacking'],
  ['21', '[KFold, {branch: [[SNV, PCA], [MSC, PLS]]}, {merge: all}, Ridge]', 'X', 0, 0, 2, 'hybrid'],
  [
    '22',
    '[KFold, {branch: [SNV, MSC]}, {merge: features}, StandardScaler, {branch: [PLS, RF]}, {merge: predictions}, Ridge]',
    'SF',
    1,
    0,
    3,
    'stacking',
  ],
  [
    '23',
    '[KFold, {branch: [[SNV, PLS], [MSC, RF]]}, {merge: {predictions: [{branch: 0, select: best}]}}, Ridge]',
    'S',
    1,
    0,
    3,
    'stacking',
  ],
  [
    '24',
    '[KFold, {branch: {a: [SNV, PLS], b: [MSC, RF]}}, {merge: predictions}, {model: MetaModel}]',
    'S',
    1,
    0,
    3,
    'stacking',
  ],
  ['25', '[SNV, PLS]', '', 0, null, 1, 'relabel'],
  ['26 no model', '[SNV, KFold]', '', 0, 1, 0, 'nothing'],
  ['26 empty', '[]', '', 0, null, 0, 'nothing'],
  ['27', '[KennardStone, SNV, KFold, PLS]', '', 0, 0, 1, 'simple'],
];

const shapeOf = (steps: string) => topologyOf(parsePipeline(`pipeline: ${steps}`, fakeCatalog).document);
const flagsOf = (steps: string): string => {
  const found = shapeOf(steps);
  const letters: readonly [string, boolean][] = [
    ['S', found.hasStacking],
    ['F', found.hasFeatureMerge],
    ['X', found.hasMixedMerge],
    ['C', found.hasConcatMerge],
    ['P', found.hasSeparationBranch],
    ['W', found.hasBranchesWithoutMerge],
    ['Q', found.hasSequentialModels],
    ['M', found.hasMultiSource],
  ];
  return letters
    .flatMap(([letter, on]) => (on ? [letter] : []))
    .sort()
    .join('');
};

describe('the shapes of the refit table', () => {
  test.each(rows)('row %s: %s', (_, steps, flags, depth, splitter, models, strategy) => {
    const found = shapeOf(steps);
    expect({
      flags: flagsOf(steps),
      depth: found.maxStackingDepth,
      splitter: found.splitterStepIndex,
      models: found.modelNodes.length,
      strategy: found.strategy,
    }).toEqual({ flags: Array.from(flags).sort().join(''), depth, splitter, models, strategy });
  });

  test('every row of the table is here', () => {
    const numbers = new Set(rows.map(([row]) => Number(row.split(' ')[0])));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
  });
});

test('model nodes know their lane, their place and the merge that takes their predictions', () => {
  const { modelNodes } = shapeOf(
    '[KFold, {branch: {a: [SNV, {model: PLS, name: base}], b: [RF]}}, {merge: predictions}, Ridge]',
  );
  expect(modelNodes).toEqual([
    { name: 'base', branchPath: ['a'], stepIndex: 1, mergeType: 'predictions' },
    { name: 'RF', branchPath: ['b'], stepIndex: 0, mergeType: 'predictions' },
    { name: 'Ridge', branchPath: [], stepIndex: 3, mergeType: null },
  ]);
});

test('a model between a separation and its merge belongs to that merge', () => {
  expect(shapeOf('[KFold, {branch: {by_metadata: site}}, PLS, {merge: concat}]').modelNodes).toEqual([
    { name: 'PLS', branchPath: [], stepIndex: 2, mergeType: 'concat' },
  ]);
});

test('older spellings have the shapes of the newer ones', () => {
  const older = '[KFold, {source_branch: {NIR: [SNV, PLS], markers: [Ridge]}}, {merge_sources: concat}, GBR]';
  expect(flagsOf(older)).toBe('MPS');
  expect(flagsOf('[KFold, {branch: [PLS, RF]}, {merge_predictions: true}, {meta_model: Ridge}]')).toBe('S');
});

describe('options change what is chosen, never the shape', () => {
  const stacked = (merge: string): string => `[KFold, {branch: {a: [SNV, PLS], b: [MSC, RF]}}, ${merge}, Ridge]`;
  test.each<[string, string, number, number, string]>([
    ['{merge: {predictions: all, select: best, metric: rmse, aggregate: mean}}', 'S', 1, 3, 'stacking'],
    [
      '{merge: {predictions: [{branch: a, select: {top_k: 2}}, {branch: 1, select: {explicit: [RF]}}]}}',
      'S',
      1,
      3,
      'stacking',
    ],
    [
      '{merge: {predictions: all, include_original: true, on_missing: skip, on_shape_mismatch: pad}}',
      'S',
      1,
      3,
      'stacking',
    ],
    ['{merge: {predictions: all, output_as: dict}}', 'S', 1, 3, 'stacking'],
    ['{merge: {features: [a], predictions: [{branch: b, select: best}]}}', 'X', 0, 3, 'hybrid'],
    ['{merge: {all: true, aggregate: mean}}', 'X', 0, 3, 'hybrid'],
    ['{merge: {features: {branches: all}, include_original: true}}', 'F', 0, 3, 'simple'],
  ])('%s', (merge, flags, depth, models, strategy) => {
    const found = shapeOf(stacked(merge));
    expect([flagsOf(stacked(merge)), found.maxStackingDepth, found.modelNodes.length, found.strategy]).toEqual([
      flags,
      depth,
      models,
      strategy,
    ]);
  });

  test.each<[string, string, number, string]>([
    [
      '[KFold, {branch: {by_metadata: site, values: {n: [A], s: [B]}, steps: {n: [PLS], s: [RF]}, min_samples: 5}}, {merge: concat}]',
      'CP',
      2,
      'per_branch',
    ],
    [
      '[KFold, {branch: {by_filter: YOutlierFilter, names: [good, bad], steps: {good: [PLS], bad: [RF]}}}, {merge: {concat: true}}]',
      'CP',
      2,
      'per_branch',
    ],
    [
      '[KFold, {branch: {by_tag: t, values: [true, false], steps: [SNV, PLS]}}, {merge: concat}, Ridge]',
      'CPS',
      2,
      'stacking',
    ],
    [
      '[KFold, {branch: {by_source: true, steps: [SNV]}}, {merge: {sources: {strategy: stack}}}, PLS]',
      'MP',
      1,
      'simple',
    ],
  ])('%s', (steps, flags, models, strategy) => {
    expect([flagsOf(steps), shapeOf(steps).modelNodes.length, shapeOf(steps).strategy]).toEqual([
      flags,
      models,
      strategy,
    ]);
  });

  test('models in a row before a merge of predictions stand side by side: the merge chooses among them', () => {
    const lanes =
      '[KFold, {branch: [[SNV, PLS, RF], [Ridge]]}, {merge: {predictions: [{branch: 0, select: best}, 1]}}, Ridge]';
    expect(flagsOf(lanes)).toBe('S');
    expect(shapeOf(lanes).maxStackingDepth).toBe(1);
    expect(flagsOf('[KFold, PLS, RF, {merge_predictions: all}, Ridge]')).toBe('S');
    // A step between them works on predictions already, and a meta-model says what it is.
    expect(flagsOf('[KFold, {branch: [[PLS, SNV, RF], [Ridge]]}, {merge: predictions}, Ridge]')).toBe('QS');
    expect(flagsOf('[KFold, {branch: [[PLS, RF, {meta_model: Ridge}], [Ridge]]}, {merge: predictions}, Ridge]')).toBe(
      'QS',
    );
    // Without such a merge they are a stack.
    expect(flagsOf('[KFold, {branch: [[PLS, RF], [Ridge]]}]')).toBe('QSW');
  });
});

test('deep stacking and missing models are said in a sentence', () => {
  expect(shapeOf(rows[10]?.[1] ?? '').notes.join(' ')).toMatch(/3 levels/);
  expect(shapeOf('[SNV]').notes.join(' ')).toMatch(/nothing to refit/);
  expect(shapeOf('[SNV, PLS]').notes.join(' ')).toMatch(/no splitter/);
});

test('a sub-pipeline is one step of the list', () => {
  expect(shapeOf('[[SNV, MSC], KFold, [PLS]]').splitterStepIndex).toBe(1);
  expect(shapeOf('[[SNV, KFold], PLS]').splitterStepIndex).toBe(0);
  expect(shapeOf('[null, {_comment: folds}, KFold, PLS]').splitterStepIndex).toBe(0);
});
