import { expect, test } from 'vitest';
import { parseFinetune } from '#core/tuning/parseFinetune.ts';

const space = { n_components: ['int', 1, 200] };

test('fills in what is not said', () => {
  expect(parseFinetune({ model_params: space })).toMatchObject({
    nTrials: 50,
    sampler: 'auto',
    phases: [{ nTrials: 50, sampler: 'binary' }],
    pruner: 'none',
    approach: 'grouped',
    evalMode: 'mean',
    metric: null,
    direction: null,
    seed: null,
    forceParams: null,
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ['one integer with more values than trials', { n_trials: 20, model_params: space }, 'binary'],
  ['one integer with few values', { n_trials: 20, model_params: { k: ['int', 1, 20] } }, 'grid'],
  ['choices that can all be tried', { n_trials: 6, model_params: { a: [1, 2], b: [1, 2, 3] } }, 'grid'],
  ['choices that cannot', { n_trials: 5, model_params: { a: [1, 2], b: [1, 2, 3] } }, 'tpe'],
  ['numbers', { model_params: { alpha: ['float', 0, 1] } }, 'tpe'],
])('auto: %s', (_, params, sampler) => {
  expect(parseFinetune(params).phases[0]?.sampler).toBe(sampler);
});

test('a grid without a number of trials is tried as a whole', () => {
  expect(parseFinetune({ sampler: 'grid', model_params: { a: ['int', 1, 20], b: ['x', 'y'] } }).nTrials).toBe(40);
});

test('phases follow each other', () => {
  const { phases, nTrials } = parseFinetune({
    phases: [{ n_trials: 5, sampler: 'random' }, { n_trials: 7 }],
    sampler: 'cmaes',
    model_params: { alpha: ['float', 0, 1] },
  });
  expect(phases).toEqual([
    { nTrials: 5, sampler: 'random' },
    { nTrials: 7, sampler: 'cmaes' },
  ]);
  expect(nTrials).toBe(12);
});

test('accepts the spellings and keys of other programs', () => {
  const settings = parseFinetune({
    n_trials: 12,
    sample: 'random',
    eval_mode: 'avg',
    approach: 'single',
    pruner: null,
    verbose: 2,
    storage: 'sqlite:///x.db',
    study_name: 's',
    resume: true,
    n_jobs: 2,
    _comment: 'theirs',
    model_params: { alpha: ['float', 0, 1] },
    train_params: { epochs: ['int', 5, 50], batch_size: [16, 32], verbose: 0 },
  });
  expect(settings).toMatchObject({ sampler: 'random', evalMode: 'mean', approach: 'single', pruner: 'none' });
  expect(settings.trainSpace.dimensions.map(({ name }) => name)).toEqual(['train_epochs', 'train_batch_size']);
});

test('spaces beside the other keys, as older documents write them', () => {
  const { space: found } = parseFinetune({ n_trials: 9, n_components: ['int', 1, 9] });
  expect(found.dimensions.map(({ name }) => name)).toEqual(['n_components']);
});

test.each<[Record<string, unknown>, string]>([
  [{ n_trial: 5, model_params: space }, 'does not know "n_trial". Did you mean "n_trials"?'],
  [{ model_param: space }, 'does not know "model_param". Did you mean "model_params"?'],
  [{ colour: 3, model_params: space }, 'does not know "colour". It knows n_trials, sampler'],
  [{ colour: ['int', 1, 3], model_params: space }, 'does not know "colour"'],
  [{ sampler: 'tpa', model_params: space }, 'sampler is "tpa"; it can be auto, grid, random, tpe, cmaes, binary.'],
  [
    { pruner: 'halving', model_params: space },
    'pruner is "halving"; it can be none, median, successive_halving, hyperband.',
  ],
  [{ approach: 'cross', model_params: space }, 'approach is "cross"'],
  [{ eval_mode: 'worst', model_params: space }, 'eval_mode is "worst"'],
  [{ direction: 'up', model_params: space }, 'direction is "up"'],
  [{ metric: 3, model_params: space }, 'metric must be a name.'],
  [{ seed: -1, model_params: space }, 'seed must be a whole number from 0'],
  [{ n_trials: 0, model_params: space }, 'n_trials must be a whole number from 1'],
  [{ phases: [], model_params: space }, 'phases must be a list'],
  [{ phases: [3], model_params: space }, 'phases[1] must be a map'],
  [{ phases: [{ n_trials: 3, pruner: 'median' }], model_params: space }, 'does not know "phases[1].pruner"'],
  [{ model_params: {} }, 'model_params names nothing to search'],
  [{ model_params: { scale: true } }, 'model_params names nothing to search'],
  [{ model_params: 3 }, 'model_params must be a map'],
  [
    { model_params: space, force_params: { components: 3 } },
    'names "components", which is not searched. Searched are n_components.',
  ],
  [
    { model_params: space, force_params: { n_components: 'x' } },
    'gives n_components the value "x"; it needs a whole number.',
  ],
  [
    { model_params: { kernel: ['a', 'b'] }, force_params: { kernel: 'c' } },
    'gives kernel the value "c", which is not one of its choices.',
  ],
])('refuses %j', (params, sentence) => {
  expect(() => parseFinetune(params)).toThrow(sentence);
});

test('forced values may be nested, and may lie outside the range', () => {
  const { forceParams } = parseFinetune({
    model_params: { outer: { width: ['float', 0, 1] }, n_components: ['int', 1, 5] },
    force_params: { outer: { width: 0.5 }, n_components: 9 },
  });
  expect(forceParams).toEqual({ outer__width: 0.5, n_components: 9 });
});
