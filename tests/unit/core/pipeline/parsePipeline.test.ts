import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePipeline } from '#core/pipeline/parsePipeline.ts';
import { fromPlain } from '#core/pipeline/located.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const parse = (text: string) => parsePipeline(text, fakeCatalog);
const messages = (text: string): string[] =>
  parse(text).problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`);
const kinds = (text: string): string[] => {
  const { document, problems } = parse(text);
  expect(problems).toEqual([]);
  return document.steps.map((step) => step.kind);
};

describe('steps in all spellings', () => {
  test.each([
    ['a name', '[SNV, KFold, PLS]', ['transform', 'splitter', 'model']],
    ['a name with parameters', '[{SNV: {ddof: 1}}, {SNV: null}]', ['transform', 'transform']],
    ['class and params', '[{class: sklearn.preprocessing.StandardScaler, params: {with_mean: false}}]', ['transform']],
    [
      'a Python path',
      '[nirs4all.operators.transforms.StandardNormalVariate, sklearn.model_selection._split.KFold]',
      ['transform', 'splitter'],
    ],
    ['a Python path with parameters', '[{sklearn.model_selection._split.KFold: {n_splits: 3}}]', ['splitter']],
    [
      'model with its keys',
      '[{model: {PLS: {n_components: 3}}, name: base, train_params: {}, refit_params: {scale: false}}]',
      ['model'],
    ],
    ['parameters beside the model', '[{n_components: {_range_: [1, 3]}, model: PLS}]', ['generator']],
    ['param beside the model', '[{_range_: [1, 3], param: n_components, model: PLS}]', ['generator']],
    ['preprocessing', '[{preprocessing: StandardScaler, fit_on_all: true}]', ['transform']],
    [
      'target processing',
      '[{y_processing: StandardScaler}, {y_processing: [MinMax, {StandardScaler: {}}]}]',
      ['target', 'target'],
    ],
    ['split', '[{split: {KFold: {n_splits: 4}}}, {split: KFold, group: batch}]', ['splitter', 'splitter']],
    [
      'folds from a file or a column',
      '[{split: folds.csv}, {split: {file: folds.json}}, {split: batch_number}]',
      ['splitter', 'splitter', 'splitter'],
    ],
    ['nested list and null', '[[SNV, Detrend], null, PLS]', ['sequence', 'model']],
    [
      'comments and switched-off steps',
      '[{_comment: words}, {_disabled_: {PLS: {n_components: 0}}}, {SNV: {_note: 1}, _tags_: [a]}]',
      ['transform'],
    ],
    [
      'branch and merge',
      '[{branch: [[SNV, PLS], [MSC, PLS]]}, {merge: predictions}, Ridge]',
      ['branch', 'merge', 'model'],
    ],
    [
      'views',
      '[{feature_augmentation: [SNV, Detrend], action: extend}, {concat_transform: [SNV, [Detrend, MSC]]}, {rep_to_sources: id}]',
      ['views', 'views', 'views'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(kinds(`pipeline: ${steps}`)).toEqual(expected);
  });

  test('the same document as a map, with "steps", and as a bare list', () => {
    for (const text of ['pipeline:\n  - SNV\n  - PLS\n', 'steps:\n  - SNV\n  - PLS\n', '- SNV\n- PLS\n'])
      expect(kinds(text)).toEqual(['transform', 'model']);
  });

  test('JSON, with and without comments, and with tabs', () => {
    expect(kinds('{"pipeline": ["SNV", {"PLS": {"n_components": 3}}]}')).toEqual(['transform', 'model']);
    expect(
      kinds(
        '// head\n{\n\t"name": "a // b", // why\n\t/* two\n\tlines */\n\t"pipeline": [\n\t\t"SNV",\n\t\t{"PLS": {}}\n\t]\n}',
      ),
    ).toEqual(['transform', 'model']);
    expect(parse('{"name": "a // b", "pipeline": ["PLS"]}').document.name).toBe('a // b');
  });

  test('settings', () => {
    const { document, problems } = parse(
      'name: corn\ndescription: d\nmetric: rmse\nranking: rmsecv\nrandom_state: 7\n_tags_: [x]\nrefit: {enabled: false, stackingMetaTraining: oof, keep_fold_artifacts: true}\npipeline: [PLS]\n',
    );
    expect(problems).toEqual([]);
    expect(document).toMatchObject({ name: 'corn', metric: 'rmse', ranking: 'rmsecv', seed: 7 });
    expect(document.refit).toEqual({
      enabled: false,
      stackingMetaTraining: 'oof',
      defaultRefitParams: {},
      keepFoldArtifacts: true,
      maxStackingDepth: 3,
      rule: 'best',
      criteria: [],
    });
    expect(parse('refit: false\npipeline: [PLS]').document.refit.enabled).toBe(false);
    expect(parse('pipeline: [PLS]').document.refit.enabled).toBe(true);
  });

  test('anchors are plain reuse', () => {
    const { document, problems } = parse('pipeline:\n  - branch:\n    - &a [SNV, PLS]\n    - *a\n');
    expect(problems).toEqual([]);
    const [branch] = document.steps;
    expect(branch?.kind === 'branch' && branch.lanes.map((lane) => lane.steps.length)).toEqual([2, 2]);
  });
});

describe('mistakes have a place and say what to do', () => {
  test.each([
    ['pipeline:\n  - SNVV\n', '2:5 There is no operator called "SNVV". Did you mean "SNV"?'],
    ['pipeline:\n  - PLS: {n_components: 0}\n', '2:11 PLS: n_components must be a whole number of at least 1.'],
    [
      'pipeline:\n  - PLS: {n_components: {_or_: [2, 0]}}\n',
      '2:36 PLS: n_components must be a whole number of at least 1.',
    ],
    ['nmae: x\npipeline: [PLS]\n', '1:1 "nmae" is not known at the top of a pipeline. Did you mean "name"?'],
    [
      'pipeline:\n  - modle: PLS\n    name: x\n',
      '2:5 A step is one operator or one keyword; found "modle", "name". Did you mean "model"?',
    ],
    [
      'pipeline:\n  - SNV: {}\n    MSC: {}\n',
      '2:5 A step is one operator or one keyword; found "SNV", "MSC". Write one step for each.',
    ],
    ['pipeline:\n  - split: KFold\n    gruop: a\n', '3:5 "gruop" is not known in a split step. Did you mean "group"?'],
    [
      'pipeline:\n  - merge: {prediction: [0]}\n',
      '2:13 "prediction" is not known in merge. Did you mean "predictions"?',
    ],
    ['pipeline:\n  - model: KFold\n', '2:5 A model is expected here; KFold is a splitter.'],
    ['pipeline:\n  - y_processing: SNV\n', '2:5 SNV cannot be inverted, so it cannot process the target.'],
    ['pipeline:\n  - 3\n', '2:5 An operator name is expected here, for example SNV; found 3.'],
    [
      'pipeline:\n  - RandomForest\n',
      '2:5 RandomForest is not available in this version. It can be kept and analysed, not run.',
    ],
    ['pipeline: SNV\n', '1:1 The steps are a list: one line each, beginning with "- ".'],
    ['name: x\n', '1:1 The document has no steps. Write "pipeline:" and a list of steps under it.'],
    ['', '1:1 The document has no steps. Write "pipeline:" and a list of steps under it.'],
    ['refit: {enabeld: true}\npipeline: [PLS]\n', '1:9 refit does not know "enabeld". Did you mean "enabled"?'],
    ['seed: -1\npipeline: [PLS]\n', '1:1 random_state is a whole number from 0 to 4294967295.'],
    [
      'pipeline:\n  - _preset_: a\npresets:\n  a: {_or_: [SNV, {_preset_: b}]}\n  b: {_preset_: a}\n',
      '5:7 The preset "a" uses itself: a → b → a.',
    ],
    [
      'pipeline:\n  - _preset_: sactter\npresets: {scatter: SNV}\n',
      '2:5 There is no preset called "sactter". Did you mean "scatter"?',
    ],
  ])('%j', (text, expected) => {
    expect(messages(text)).toContain(expected);
  });

  test('broken YAML is told with its line, and nothing is thrown', () => {
    const [first] = parse('pipeline:\n  - SNV: {ddof: 1\n  - PLS\n').problems;
    expect(first).toMatchObject({ severity: 'error', code: 'pipeline.syntax' });
    expect(first?.line).toBeGreaterThanOrEqual(2);
    expect(messages('a: 1\na: 2\n').join()).toMatch(/unique/i);
  });

  test('tags are refused, alias bombs and deep nesting end quickly', () => {
    expect(messages('pipeline:\n  - !!python/object:os.system [x]\n').join()).toMatch(/Tags are not part/);
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${Array.from('bcdefghi')
      .map((key, at) => `${key}: &${key} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(', ')}]`)
      .join('\n')}\npipeline: *i\n`;
    expect(messages(bomb).join()).toMatch(/more than 100,000 parts/);
    expect(messages(`pipeline: ${'['.repeat(100)}${']'.repeat(100)}`).join()).toMatch(/nested more than 60/);
    expect(messages('pipeline: &a [*a]').length).toBeGreaterThan(0);
  });

  test('a __proto__ key is data like any other', () => {
    expect(messages('pipeline:\n  - SNV: {__proto__: {x: 1}}\n')).toEqual([]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('any text at all is read without an exception', () => {
    const words = fc.constantFrom(
      'pipeline:',
      '- ',
      'SNV',
      '{',
      '}',
      '[',
      ']',
      ': ',
      '\n  ',
      '\n',
      '_or_',
      '&a',
      '*a',
      '#',
      "'",
      '"',
      '!x',
      '|',
      'model',
      'branch',
      'merge',
      'null',
      '3',
    );
    fc.assert(fc.property(fc.array(words, { maxLength: 25 }), (parts) => void parse(parts.join(''))));
    fc.assert(fc.property(fc.json(), (text) => void parse(text)));
  });
});

test('presets of the document and of the application are put in', () => {
  const { document, problems } = parsePipeline(
    'pipeline: [{_preset_: scatter}, {_preset_: own}, PLS]\npresets: {own: Detrend}\n',
    fakeCatalog,
    {
      presets: new Map([['scatter', fromPlain({ _or_: ['SNV', 'MSC'] })]]),
    },
  );
  expect(problems).toEqual([]);
  expect(document.space.count).toBe(2n);
});

test('every alternative of a generator is checked, with its own place', () => {
  const text = 'pipeline:\n  - _or_:\n      - SNV\n      - {SNV: {dof: 1}}\n      - [Detrend, MCS]\n  - PLS\n';
  expect(messages(text)).toEqual([
    '4:16 SNV: dof is not a parameter of this operator.',
    '5:19 There is no operator called "MCS". Did you mean "MSC"?',
  ]);
});
