import { describe, expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import type { DataFacts } from '#core/pipeline/dataFacts.ts';

const real = operatorLookup(catalog);
const facts: DataFacts = { samples: 120, wavelengths: 100, metadata: ['site', 'batch'] };
const steps = (...list: string[]): string => `pipeline:\n${list.map((step) => `  - ${step}\n`).join('')}`;
/** What the engine itself refuses is not looked at here. */
const check = (text: string, given: DataFacts | null = facts) =>
  fullCheck(text, real, given).problems.filter(({ code }) => code !== 'pipeline.not-run');
const found = (text: string, given: DataFacts | null = facts): string[] =>
  check(text, given).map(({ line, severity, code }) => `${line} ${severity} ${code}`);
const told = (text: string): string =>
  check(text)
    .map(({ message }) => message)
    .join('\n');

const stack = (merge: string): string => steps('KFold', 'branch: {a: [SNV, PLS], b: [MSC, Ridge]}', merge, 'Ridge');

describe('nothing to say about what is right', () => {
  test.each<[string, string]>([
    ['a stack', stack('merge: predictions')],
    ['a stack of chosen models', stack('merge: {predictions: [{branch: a, select: best}, {branch: 1}]}')],
    ['lanes in other capitals', stack('merge: {predictions: [A, B]}')],
    [
      'a stack with a meta-model in words',
      steps('KFold', 'branch: [[SNV, PLS], [MSC, PCR]]', 'merge: predictions', 'meta_model: Ridge'),
    ],
    ['lanes by their letters', steps('KFold', 'branch: [[SNV, PLS], [PCR]]', 'merge: {predictions: [A, B]}', 'Ridge')],
    ['features', steps('KFold', 'branch: [SNV, [MSC]]', 'merge: features', 'PLS')],
    [
      'features and predictions',
      steps('KFold', 'branch: [[SNV, PCA], [MSC, PLS]]', 'merge: {features: [0], predictions: [1]}', 'Ridge'),
    ],
    ['all', steps('KFold', 'branch: [[SNV, PCA], [MSC, PLS]]', 'merge: all', 'Ridge')],
    [
      'steps between a merge and its meta-model',
      steps(
        'KFold',
        'branch: [[SNV, PLS], [PCR]]',
        'merge: predictions',
        'StandardScaler',
        'y_processing: MinMaxScaler',
        'Ridge',
      ),
    ],
    [
      'a branch behind a merge',
      steps(
        'KFold',
        'branch: [SNV, MSC]',
        'merge: features',
        'StandardScaler',
        'branch: [[PLS], [PCR]]',
        'merge: predictions',
        'Ridge',
      ),
    ],
    ['branches that compete', steps('KFold', 'branch: [[SNV, PLS], [MSC, PCR]]')],
    ['one model for all lanes', steps('KFold', 'branch: [SNV, MSC]', 'PLS')],
    ['a separation', steps('KFold', 'branch: {by_metadata: site, steps: [SNV, PLS]}', 'merge: concat')],
    ['a separation with its model behind', steps('KFold', 'branch: {by_metadata: site}', 'PLS', 'merge: concat')],
    ['a separation without merge', steps('KFold', 'branch: {by_metadata: site, steps: [SNV, PLS]}')],
    [
      'a separation of preprocessing',
      steps('KFold', 'branch: {by_metadata: site, steps: {a: [SNV], b: []}}', 'merge: concat', 'PLS'),
    ],
    [
      'a separation stacked',
      steps('KFold', 'branch: {by_metadata: site, steps: [SNV, PLS]}', 'merge: concat', 'Ridge'),
    ],
    [
      'a separation inside a separation',
      steps(
        'KFold',
        'branch: {by_metadata: site, steps: [{branch: {by_metadata: batch, steps: [PLS]}}, {merge: concat}]}',
        'merge: concat',
      ),
    ],
    ['a tag', steps('tag: {odd: XOutlierFilter}', 'KFold', 'branch: {by_tag: odd, steps: [PLS]}', 'merge: concat')],
    [
      'a tag by the name of its filter',
      steps(
        'tag: XOutlierFilter',
        'KFold',
        'branch: {by_tag: XOutlierFilter, steps: {true: [PLS], false: [Ridge]}}',
        'merge: concat',
      ),
    ],
    [
      'a filter',
      steps('KFold', 'branch: {by_filter: XOutlierFilter, steps: {pass: [PLS], fail: [Ridge]}}', 'merge: concat'),
    ],
    [
      'sources',
      steps('KFold', 'branch: {by_source: {NIR: [SNV], markers: [MinMaxScaler]}}', 'merge: {sources: concat}', 'PLS'),
    ],
    [
      'stacked sources',
      steps('KFold', 'branch: {by_source: {NIR: [SNV, PLS], markers: [Ridge]}}', 'merge: {sources: concat}', 'Ridge'),
    ],
    [
      'chosen sources that are all',
      steps(
        'KFold',
        'branch: {by_source: {NIR: [SNV], markers: [MSC]}}',
        'merge: {sources: {sources: [NIR, markers]}}',
        'PLS',
      ),
    ],
    [
      'models in a row in a lane that is merged',
      steps(
        'KFold',
        'branch: {a: [{model: {PLS: {n_components: 2}}, name: p2}, {model: {PLS: {n_components: 5}}, name: p5}], b: [Ridge]}',
        'merge: {predictions: [{branch: a, select: {top_k: 2}}, {branch: b}]}',
        'Ridge',
      ),
    ],
    ['models in a row that are merged', steps('KFold', 'PLS', 'Ridge', 'merge_predictions: all', 'Ridge')],
    [
      'models named one by one',
      steps(
        'KFold',
        'branch: {a: [{model: PLS, name: p}], b: [Ridge]}',
        'merge: {predictions: [{branch: a, select: {explicit: [p]}}]}',
        'Ridge',
      ),
    ],
    ['models in a row with a meta-model', steps('KFold', 'PLS', 'PCR', 'meta_model: Ridge')],
    [
      'classes',
      steps(
        'StratifiedKFold',
        'branch: [[SNV, PLSDA], [LDA]]',
        'merge: {predictions: all, aggregate: proba_mean, metric: accuracy}',
        'LogisticRegression',
      ),
    ],
    ['a metric of all lanes', stack('merge: {predictions: all, select: best, metric: mae}')],
    [
      'few predictions, many components',
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: predictions', 'PLS: {n_components: 2}'),
    ],
    [
      'exclusion inside a lane',
      steps('KFold', 'branch: [[{exclude: XOutlierFilter}, PLS], [PCR]]', 'merge: predictions', 'Ridge'),
    ],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('each rule finds its planted case', () => {
  test.each<[string, string, string[], string?]>([
    ['no model at all', steps('KFold', 'branch: [SNV, MSC]'), ['1 error check.no-model']],
    ['no model behind features', steps('KFold', 'branch: [SNV, MSC]', 'merge: features'), ['1 error check.no-model']],
    [
      'a lane without a model',
      steps('KFold', 'branch: [[SNV, PLS], [MSC]]'),
      ['3 error check.lane-no-model'],
      'Lane B has no model',
    ],
    [
      'a group without a model',
      steps('KFold', 'branch: {by_metadata: site, steps: {a: [PLS], b: [SNV]}}', 'merge: concat'),
      ['3 error check.lane-no-model'],
      'Lane b',
    ],
    [
      'no meta-model',
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: predictions'),
      ['4 error check.no-meta-model'],
      'The predictions are merged',
    ],
    [
      'no meta-model inside a lane',
      steps('KFold', 'branch: [[{branch: [[PLS], [PCR]]}, {merge: predictions}], [Ridge]]', 'merge: features', 'PLS'),
      ['4 warning check.models-for-nothing'],
    ],
    [
      'spectra for no model',
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: features'),
      ['4 warning check.models-for-nothing', '4 error check.no-meta-model'],
      'The spectra of the lanes are merged',
    ],
    ['a merge alone', steps('KFold', 'SNV', 'merge: features', 'PLS'), ['4 error check.merge-alone']],
    [
      'a merge of sources alone',
      steps('KFold', 'SNV', 'merge_sources: concat', 'PLS'),
      ['4 error check.merge-alone'],
      'side by side already',
    ],
    [
      'two merges',
      steps('KFold', 'branch: [SNV, MSC]', 'merge: features', 'merge: features', 'PLS'),
      ['5 error check.merge-alone'],
    ],
    [
      'a lane number too many',
      stack('merge: {predictions: [0, 2]}'),
      ['4 error check.unknown-lane'],
      'count from 0 to 1 (a and b)',
    ],
    [
      'an unknown lane',
      steps('KFold', 'branch: {scatter: [SNV, PLS], raw: [Ridge]}', 'merge: {predictions: [scater]}', 'Ridge'),
      ['4 error check.unknown-lane'],
      'Did you mean "scatter"?',
    ],
    [
      'a lane of features that is none',
      steps('KFold', 'branch: [SNV, MSC]', 'merge: {features: [C]}', 'PLS'),
      ['4 error check.unknown-lane'],
      'The lanes are A and B',
    ],
    [
      'a source left out',
      steps('KFold', 'branch: {by_source: {NIR: [SNV], markers: [MSC]}}', 'merge: {sources: {sources: [NIR]}}', 'PLS'),
      ['4 error check.unknown-lane'],
      'leaves out markers',
    ],
    [
      'predictions of a lane without a model',
      steps('KFold', 'branch: [[SNV, PLS], [MSC]]', 'merge: predictions', 'Ridge'),
      ['4 error check.lane-no-predictions'],
      'Lane B has no model',
    ],
    [
      'predictions of a named lane without a model',
      steps('KFold', 'branch: {a: [SNV], b: [MSC], c: [PLS]}', 'merge: {predictions: [{branch: a}]}', 'Ridge'),
      ['4 error check.lane-no-predictions'],
      'features: [a]',
    ],
    [
      'the same, skipped',
      steps('KFold', 'branch: [[SNV, PLS], [MSC]]', 'merge: {predictions: all, on_missing: skip}', 'Ridge'),
      ['4 note check.lane-no-predictions'],
    ],
    [
      'models for nothing',
      steps('KFold', 'branch: [[SNV, PLS], [MSC]]', 'merge: features', 'Ridge'),
      ['4 warning check.models-for-nothing'],
      'PLS',
    ],
    [
      'concat of lanes that saw all',
      steps('KFold', 'branch: [[SNV, PLS], [MSC, PCR]]', 'merge: concat', 'Ridge'),
      ['4 error check.merge-kind'],
    ],
    [
      'sources of a separation',
      steps('KFold', 'branch: {by_metadata: site, steps: [PLS]}', 'merge: {sources: concat}'),
      ['4 error check.merge-kind'],
    ],
    [
      'predictions of a separation',
      steps('KFold', 'branch: {by_metadata: site, steps: [PLS]}', 'merge: predictions'),
      ['4 note check.merge-kind'],
      'the same as concat',
    ],
    [
      'more models than there are',
      stack('merge: {predictions: [{branch: a, select: {top_k: 3}}]}'),
      ['4 warning check.top-k'],
      'it has 1 (PLS)',
    ],
    [
      'a model that is not there',
      steps(
        'KFold',
        'branch: {a: [{model: PLS, name: deep}], b: [Ridge]}',
        'merge: {predictions: [{branch: a, select: {explicit: [deepp]}}]}',
        'Ridge',
      ),
      ['4 error check.explicit-model'],
      'Did you mean "deep"?',
    ],
    [
      'a metric of classes',
      stack('merge: {predictions: all, select: best, metric: accuracy}'),
      ['4 error check.merge-metric'],
    ],
    [
      'probabilities of numbers',
      stack('merge: {predictions: all, aggregate: proba_mean}'),
      ['4 error check.aggregate'],
    ],
    [
      'a splitter inside a lane',
      steps('branch: [[KFold, PLS], [PCR]]', 'merge: predictions', 'Ridge'),
      ['1 error check.no-splitter', '2 error check.splitter-in-lane'],
      'Move it before the branch',
    ],
    [
      'predictions merged before the splitter',
      steps('branch: [[SNV, PLS], [PCR]]', 'merge: predictions', 'KFold', 'Ridge'),
      ['4 error check.splitter-after-model'],
    ],
    [
      'a stack without folds',
      steps('branch: [[SNV, PLS], [PCR]]', 'merge: predictions', 'Ridge'),
      ['1 error check.no-splitter'],
      'no out-of-fold predictions for Ridge',
    ],
    ['lanes without folds', steps('branch: [[SNV, PLS], [PCR]]'), ['1 warning check.no-splitter']],
    [
      'a step behind the model of a lane',
      steps('KFold', 'branch: [[PLS, SNV], [PCR]]', 'merge: predictions', 'Ridge'),
      ['3 warning check.after-model'],
    ],
    [
      'a step behind the meta-model',
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: predictions', 'Ridge', 'SNV'),
      ['6 warning check.after-model'],
    ],
    [
      'two models in a row',
      steps('KFold', 'PLS', 'SNV', 'Ridge'),
      ['5 note check.stacked'],
      'Ridge stands behind PLS and learns',
    ],
    [
      'a tag that nobody gives',
      steps('tag: {odd: XOutlierFilter}', 'KFold', 'branch: {by_tag: od, steps: [PLS]}', 'merge: concat'),
      ['4 error check.no-tag'],
      'Did you mean "odd"?',
    ],
    [
      'a tag given behind',
      steps('KFold', 'branch: {by_tag: odd, steps: [PLS]}', 'merge: concat', 'tag: {odd: XOutlierFilter}'),
      ['3 error check.no-tag'],
      'Add a tag step before it',
    ],
    [
      'a column that is not there',
      steps('KFold', 'branch: {by_metadata: stie, steps: [PLS]}', 'merge: concat'),
      ['3 error check.column'],
      'Did you mean "site"?',
    ],
    [
      'a tag taken for a column',
      steps('tag: {odd: XOutlierFilter}', 'KFold', 'branch: {by_metadata: odd, steps: [PLS]}', 'merge: concat'),
      ['4 error check.column'],
      'write by_tag',
    ],
    [
      'a filter by the target',
      steps('KFold', 'branch: {by_filter: YOutlierFilter, steps: [PLS]}', 'merge: concat'),
      ['3 warning check.filter-by-target'],
    ],
    [
      'a group that no filter has',
      steps('KFold', 'branch: {by_filter: XOutlierFilter, steps: {pass: [PLS], fial: [PCR]}}', 'merge: concat'),
      ['3 error check.lane-group'],
      'Did you mean "fail"?',
    ],
    [
      'a group without a lane',
      steps('KFold', 'branch: {by_filter: XOutlierFilter, steps: {pass: [PLS]}}', 'merge: concat'),
      ['3 error check.lane-group'],
      'Add "fail: […]"',
    ],
    [
      'values without a lane',
      steps('KFold', 'branch: {by_metadata: site, values: {n: [A], s: [B]}, steps: {n: [PLS]}}', 'merge: concat'),
      ['3 error check.lane-group'],
      'The group s has no lane',
    ],
    [
      'two lanes of one name',
      steps('KFold', 'branch: [{name: a, steps: [PLS]}, {name: a, steps: [PCR]}]', 'merge: predictions', 'Ridge'),
      ['3 error check.lane-names'],
      'Two lanes',
    ],
    [
      'names that differ in capitals',
      steps('KFold', 'branch: {a: [PLS], A: [PCR]}', 'merge: predictions', 'Ridge'),
      ['3 error check.lane-names'],
      'capitals only',
    ],
    [
      'classes and numbers in one stack',
      steps('KFold', 'branch: [[PLS], [LDA]]', 'merge: predictions', 'Ridge'),
      ['3 error check.mixed-tasks'],
      'PLS predicts numbers',
    ],
    [
      'classes learned from by numbers',
      steps('KFold', 'branch: [[PLSDA], [LDA]]', 'merge: predictions', 'Ridge'),
      ['5 error check.mixed-tasks'],
    ],
    ['classes beside numbers', steps('KFold', 'branch: [[PLS], [PLSDA]]'), ['3 error check.mixed-tasks']],
    [
      'sources with models and no merge',
      steps('KFold', 'branch: {by_source: {NIR: [PLS], markers: [Ridge]}}'),
      ['3 error check.sources-apart'],
    ],
    [
      'a setting inside a lane',
      steps('KFold', 'branch: [[{SavitzkyGolay: {polyorder: 1, deriv: 2, window_length: 5}}, PLS], [PCR]]'),
      ['3 error check.derivative'],
    ],
    [
      'the same step twice inside a lane',
      steps('KFold', 'branch: [[SNV, SNV, PLS], [PCR]]'),
      ['3 warning check.duplicate'],
    ],
    [
      'two targets on one way',
      steps('KFold', 'y_processing: StandardScaler', 'branch: [[{y_processing: MinMaxScaler}, PLS], [PCR]]'),
      ['4 warning check.targets'],
    ],
    [
      'a leak inside a lane',
      steps('branch: [[MSC], [SNV]]', 'merge: features', 'KFold', 'PLS'),
      ['2 warning check.leak'],
    ],
    ['a metric of classes for a stack', `metric: accuracy\n${stack('merge: predictions')}`, ['1 error check.metric']],
    [
      'a search inside a lane',
      steps(
        'KFold',
        'branch: [[{model: PLS, finetune_params: {metric: accuracy, n_trials: 2, model_params: {n_components: [int, 1, 3]}}}], [PCR]]',
        'merge: predictions',
        'Ridge',
      ),
      ['3 error check.search-metric'],
    ],
  ])('%s', (_, text, expected, message) => {
    expect(found(text)).toEqual(expected);
    if (message !== undefined) expect(told(text)).toContain(message);
  });

  test('columns and tags of data that nobody knows are not judged', () => {
    expect(found(steps('KFold', 'branch: {by_metadata: stie, steps: [PLS]}', 'merge: concat'), null)).toEqual([]);
    const imported: DataFacts = { ...facts, metadata: ['odd'] };
    expect(found(steps('KFold', 'branch: {by_tag: odd, steps: [PLS]}', 'merge: concat'), imported)).toEqual([]);
  });

  test('what is wrong in one alternative is found', () => {
    expect(
      found(steps('KFold', 'branch: [[{_or_: [SNV, MSC]}, PLS], [{_or_: [PCR, SNV]}]]', 'merge: predictions', 'Ridge')),
    ).toEqual(['4 error check.lane-no-predictions']);
  });
});

describe('how deep stacking may go', () => {
  const nest = (levels: number): string =>
    levels === 0 ? 'PLS' : `{branch: [[${nest(levels - 1)}], [PCR]]}, {merge: predictions}, Ridge`;
  test.each<[number, string[]]>([
    [1, []],
    [2, []],
    [3, ['3 warning check.stack-depth']],
    [4, ['3 error check.stack-depth']],
  ])('%i levels', (levels, expected) => {
    const text = `pipeline:\n  [ KFold,\n  ${nest(levels)} ]\n`;
    expect(found(text)).toEqual(expected);
    if (levels === 4) expect(told(text)).toContain('at most 3');
  });
});

describe('fixes repair what they are offered for', () => {
  test.each<[string, string, string]>([
    [
      'check.splitter-in-lane',
      steps('branch: [[KFold, PLS], [PCR]] # two', 'merge: predictions', 'Ridge'),
      steps('KFold', 'branch: [[PLS], [PCR]] # two', 'merge: predictions', 'Ridge'),
    ],
    [
      'check.splitter-after-model',
      steps('branch: [[PLS], [PCR]]', 'merge: predictions', 'KFold', 'Ridge'),
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: predictions', 'Ridge'),
    ],
    [
      'check.no-splitter',
      steps('SNV', 'branch: [[PLS], [PCR]]', 'merge: predictions', 'Ridge'),
      steps(
        'SNV',
        'KFold: {n_splits: 5, shuffle: true, random_state: 0}',
        'branch: [[PLS], [PCR]]',
        'merge: predictions',
        'Ridge',
      ),
    ],
    [
      'check.no-meta-model',
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: predictions # all'),
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: predictions # all', 'meta_model: Ridge'),
    ],
    ['check.merge-alone', steps('KFold', 'merge: features # why', 'PLS'), steps('KFold', 'PLS')],
    [
      'check.merge-kind',
      steps('KFold', 'branch: [[PLS], [PCR]]', 'merge: concat', 'Ridge'),
      stack('').replace(/ {2}- branch[^]*/, '') + '  - branch: [[PLS], [PCR]]\n  - merge: predictions\n  - Ridge\n',
    ],
    [
      'check.sources-apart',
      steps('KFold', 'branch: {by_source: {NIR: [PLS], markers: [PCR]}}', 'Ridge'),
      steps('KFold', 'branch: {by_source: {NIR: [PLS], markers: [PCR]}}', 'merge: {sources: concat}', 'Ridge'),
    ],
    [
      'check.no-model',
      steps('KFold', 'branch: [SNV, MSC]', 'merge: features'),
      steps('KFold', 'branch: [SNV, MSC]', 'merge: features', 'PLS: {n_components: {_range_: [1, 15]}}'),
    ],
  ])('%s', (code, before, after) => {
    const fix = check(before).find((problem) => problem.code === code)?.fix;
    expect(fix?.text).toBe(after);
    expect(found(fix?.text ?? '').filter((problem) => problem.endsWith(code))).toEqual([]);
  });
});
