import { describe, expect, test } from 'vitest';
import { operatorLookup } from '#core/catalog/operatorLookup.ts';
import { catalog } from '#core/catalog/operators.ts';
import { metricCatalog } from '#core/metrics/metricCatalog.ts';
import { fullCheck } from '#core/pipeline/checkPipeline.ts';
import { countTrials } from '#core/pipeline/countTrials.ts';
import type { DataFacts } from '#core/pipeline/dataFacts.ts';
import { metricNamed, metricNames } from '#core/pipeline/metricNames.ts';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';

const real = operatorLookup(catalog);
const facts: DataFacts = { samples: 60, wavelengths: 100, metadata: ['operator', 'batch'] };
const check = (text: string) => fullCheck(text, real, facts);
const found = (text: string): string[] => check(text).problems.map(({ severity, code }) => `${severity} ${code}`);
const steps = (...list: string[]): string => `pipeline:\n${list.map((step) => `  - ${step}\n`).join('')}`;

describe('each rule about leaks and tasks finds its planted case', () => {
  test.each<[string, string, string[]]>([
    [
      'learned inside views',
      steps('feature_augmentation: [SNV, [Detrend, MSC]]', 'KFold', 'PLS'),
      ['warning check.leak'],
    ],
    ['learned from the target', steps('PLSScores: {n_components: 3}', 'KFold', 'PLS'), ['warning check.leak']],
    ['stateless views before the splitter', steps('feature_augmentation: [SNV, Detrend]', 'KFold', 'PLS'), []],
    [
      'fitted on all',
      steps('KFold', '{preprocessing: StandardScaler, fit_on_all: true}', 'PLS'),
      ['note check.fit-on-all'],
    ],
    [
      'a target fitted on all',
      steps('KFold', '{preprocessing: {PLSScores: {n_components: 3}}, fit_on_all: true}', 'PLS'),
      ['warning check.fit-on-all'],
    ],
    ['groups without a column', steps('GroupKFold', 'PLS'), ['error check.group']],
    ['groups with a column', steps('{split: GroupKFold, group: batch}', 'PLS'), []],
    ['groups with an unknown column', steps('{split: GroupKFold, group: bacth}', 'PLS'), ['error check.column']],
    ['a group that nobody heeds', steps('{split: KFold, group: batch}', 'PLS'), ['warning check.group']],
    ['stratified numbers', steps('StratifiedKFold', 'PLS'), ['note check.stratified']],
    ['stratified classes', steps('StratifiedKFold', 'PLSDA'), []],
    ['a metric of numbers for classes', `metric: rmse\n${steps('StratifiedKFold', 'PLSDA')}`, ['error check.metric']],
    ['a metric of classes for numbers', `metric: f1\n${steps('KFold', 'PLS')}`, ['error check.metric']],
    ['no such metric', `metric: rmsee\n${steps('KFold', 'PLS')}`, ['error check.metric']],
    ['an alias of a metric', `metric: neg_root_mean_squared_error\n${steps('KFold', 'PLS')}`, []],
    ['a scaled class', steps('KFold', 'y_processing: StandardScaler', 'PLSDA'), ['warning check.target-of-classes']],
    [
      'classes for a regression',
      steps('KFold', 'y_processing: KBinsDiscretizer', 'PLS'),
      ['warning check.classes-for-regression'],
    ],
    ['classes made of numbers', steps('KFold', 'y_processing: KBinsDiscretizer', 'PLSDA'), []],
    ['augmentation before the splitter', steps('sample_augmentation: GaussianAdditiveNoise', 'KFold', 'PLS'), []],
    ['a tag that needs the target', steps('tag: YOutlierFilter', 'KFold', 'PLS'), ['note check.tag-by-target']],
    ['an exclusion by the target', steps('exclude: YOutlierFilter', 'KFold', 'PLS'), []],
    [
      'a search by a metric of the other task',
      steps(
        'KFold',
        '{model: PLS, finetune_params: {metric: accuracy, n_trials: 3, model_params: {n_components: [int, 1, 5]}}}',
      ),
      ['error check.search-metric'],
    ],
    [
      'balanced numbers',
      steps('sample_augmentation: {transformers: [GaussianAdditiveNoise], balance: y}', 'KFold', 'PLS'),
      ['note check.balance'],
    ],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('what learns from the target is told in stronger words', () => {
    const message = (step: string): string => check(steps(step, 'KFold', 'PLS')).problems[0]?.message ?? '';
    expect(message('PLSScores: {n_components: 3}')).toMatch(/much too low/);
    expect(message('MSC')).toMatch(/a little too low/);
  });
});

describe('fixes repair what they are offered for, and touch nothing else', () => {
  test.each<[string, string, string]>([
    [
      'check.leak',
      steps('feature_augmentation: [SNV, MSC] # two', 'KFold', 'PLS'),
      steps('KFold', 'feature_augmentation: [SNV, MSC] # two', 'PLS'),
    ],
    [
      'check.fit-on-all',
      steps('KFold', '{preprocessing: StandardScaler, fit_on_all: true}', 'PLS # end'),
      steps('KFold', '{preprocessing: StandardScaler}', 'PLS # end'),
    ],
    [
      'check.group',
      steps('GroupKFold', 'PLS # end'),
      'pipeline:\n  - split: GroupKFold\n    group: batch\n  - PLS # end\n',
    ],
    ['check.metric', `metric: f1\n${steps('KFold', 'PLS')}`, steps('KFold', 'PLS')],
    ['check.target-of-classes', steps('KFold', 'y_processing: StandardScaler', 'PLSDA'), steps('KFold', 'PLSDA')],
  ])('%s', (code, before, after) => {
    const fix = check(before).problems.find((problem) => problem.code === code)?.fix;
    expect(fix?.text).toBe(after);
    expect(found(fix?.text ?? '').filter((problem) => problem.endsWith(code))).toEqual([]);
  });
});

describe('one number of fits', () => {
  const fits = (text: string) => {
    const { trials, refits, realFits } = check(text);
    return [trials, refits, realFits];
  };
  const tuned = (finetune: string): string =>
    steps('KFold: {n_splits: 4}', `{model: PLS, finetune_params: ${finetune}}`);
  test.each<[string, string, (number | null)[]]>([
    ['trials on every fold', tuned('{n_trials: 12, model_params: {n_components: [int, 1, 9]}}'), [12, 1, 49]],
    [
      'phases',
      tuned('{phases: [{n_trials: 5, sampler: random}, {n_trials: 7}], model_params: {n_components: [int, 1, 9]}}'),
      [12, 1, 49],
    ],
    [
      'criteria',
      `refit: [{top_k: 2}, {top_k: 3, ranking: rmsecv}]\n${steps('KFold', 'KernelRidge: {alpha: {_log_range_: [1, 100, 9]}}')}`,
      [1, 5, 50],
    ],
    [
      'never more refits than variants',
      `refit: {criteria: [{top_k: 9}]}\n${steps('KFold', 'KernelRidge: {alpha: {_or_: [1, 2]}}')}`,
      [1, 2, 12],
    ],
    ['no refit', `refit: false\n${steps('KFold', 'PLS')}`, [1, 0, 5]],
    [
      'a search beside none',
      steps(
        'KFold',
        '{_or_: [Ridge, {model: PLS, finetune_params: {n_trials: 3, model_params: {n_components: [int, 1, 9]}}}]}',
      ),
      [null, 1, 21],
    ],
    ['no splitter: one fit, whatever is compared', steps('_or_: [SNV, MSC]', 'PLS'), [1, 0, 1]],
  ])('%s', (_, text, expected) => {
    expect(fits(text)).toEqual(expected);
  });

  test.each<[string, Record<string, unknown>]>([
    ['n_trials', { n_trials: 7, model_params: { a: ['int', 1, 9] } }],
    ['the default', { model_params: { a: ['float', 0, 1] } }],
    ['a grid', { sampler: 'grid', model_params: { a: ['int', 1, 9], b: [1, 2, 3], c: ['float', 0, 1] } }],
    [
      'a grid in maps',
      { sampler: 'grid', model_params: { a: { type: 'int', low: 1, high: 9, step: 2 }, b: { choices: ['x', 'y'] } } },
    ],
    ['a grid with steps', { sample: 'grid', model_params: { a: ['float', 0, 1, 0.1] } }],
    ['a grid of older spelling', { sampler: 'grid', a: ['int', 2, 5] }],
    ['phases', { n_trials: 4, phases: [{ sampler: 'random' }, { n_trials: 6 }], model_params: { a: ['int', 1, 9] } }],
  ])('trials are counted as the search counts them: %s', (_, finetune) => {
    expect(countTrials(finetune)).toBe(parseFinetune(finetune).nTrials);
  });
});

test('the names of metrics are those that the engine computes', () => {
  expect(metricNames.map(({ id, title, task }) => ({ id, title, task }))).toEqual(
    metricCatalog.map(({ id, title, task }) => ({ id, title, task })),
  );
  for (const { id, aliases } of metricCatalog)
    for (const name of [id, ...aliases]) expect(metricNamed(name)?.id).toBe(id);
});
