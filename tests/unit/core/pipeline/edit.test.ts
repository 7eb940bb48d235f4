import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import * as edit from '#core/pipeline/edit.ts';
import { setStepKey } from '#core/pipeline/editPart.ts';
import { readCards, type StepCard } from '#core/pipeline/readCards.ts';
import { fakeCatalog } from '#tests/unit/core/pipeline/fakeCatalog.ts';

const text = `# Corn, moisture
name: corn   # two spaces before this comment

metric: rmse
pipeline:
  # folds first
  - KFold: { n_splits: 5,  shuffle: true }   # oddly spaced


  - SNV  # scatter
  - _or_: [ {SavitzkyGolay: {window_length: 15, polyorder: 2}}, Detrend, null ]
  # from a plugin
  - vendor.SecretSauce: {strength:   11}
  - model:
      PLS: {n_components: {_range_: [1, 20]}}  # the usual
    refit_params: {}
# the end
`;
const lines = (value: string): string[] => value.split('\n');
/** The lines of \`text\` that an edit leaves out, and those that it adds. */
const difference = (before: string, after: string) => ({
  gone: lines(before).filter((line) => !lines(after).includes(line)),
  added: lines(after).filter((line) => !lines(before).includes(line)),
});

describe('an edit changes the lines that it is about', () => {
  test.each<[string, (value: string) => string, string[], string[]]>([
    [
      'set a parameter of a bare name',
      (value) => edit.setParam(value, ['pipeline', 1], 'ddof', 1),
      ['  - SNV  # scatter'],
      ['  - SNV: {ddof: 1} # scatter'],
    ],
    [
      'set a parameter',
      (value) => edit.setParam(value, ['pipeline', 4], 'n_components', 7),
      ['      PLS: {n_components: {_range_: [1, 20]}}  # the usual'],
      ['      PLS: {n_components: 7} # the usual'],
    ],
    [
      'add a parameter',
      (value) => edit.setParam(value, ['pipeline', 4], 'scale', false),
      ['      PLS: {n_components: {_range_: [1, 20]}}  # the usual'],
      ['      PLS: {n_components: {_range_: [1, 20]}, scale: false} # the usual'],
    ],
    [
      'a parameter inside an alternative',
      (value) => edit.setParam(value, ['pipeline', 2, '_or_', 0], 'deriv', 1),
      ['  - _or_: [ {SavitzkyGolay: {window_length: 15, polyorder: 2}}, Detrend, null ]'],
      ['  - _or_: [{SavitzkyGolay: {window_length: 15, polyorder: 2, deriv: 1}}, Detrend, null]'],
    ],
    [
      'sweep a parameter',
      (value) => edit.setSweep(value, ['pipeline', 1], 'ddof', { kind: 'list', values: [0, 1] }),
      ['  - SNV  # scatter'],
      ['  - SNV: {ddof: {_or_: [0, 1]}} # scatter'],
    ],
    [
      'end a sweep',
      (value) => edit.clearSweep(value, ['pipeline', 4], 'n_components'),
      ['      PLS: {n_components: {_range_: [1, 20]}}  # the usual'],
      ['      PLS: {n_components: 1} # the usual'],
    ],
    [
      'insert',
      (value) => edit.insertStep(value, ['pipeline', 2], { Detrend: { polyorder: 2 } }),
      [],
      ['  - Detrend: {polyorder: 2}'],
    ],
    ['remove', (value) => edit.removeStep(value, ['pipeline', 1]), ['  - SNV  # scatter'], []],
    [
      'rename',
      (value) => edit.setName(value, 'maize'),
      ['name: corn   # two spaces before this comment'],
      ['name: maize # two spaces before this comment'],
    ],
    ['a setting', (value) => edit.setDocumentKey(value, 'refit', false), [], ['refit: false']],
    ['drop a setting', (value) => edit.setDocumentKey(value, 'metric', undefined), ['metric: rmse'], []],
    [
      'switch off',
      (value) => edit.setEnabled(value, ['pipeline', 1], false),
      ['  - SNV  # scatter'],
      ['  - _disabled_:', '      SNV # scatter'],
    ],
    [
      'a key of a step',
      (value) => setStepKey(value, ['pipeline', 4], 'name', 'base'),
      ['      PLS: {n_components: {_range_: [1, 20]}}  # the usual'],
      ['      PLS: {n_components: {_range_: [1, 20]}} # the usual', '    name: base'],
    ],
    [
      'alternatives',
      (value) => edit.setAlternatives(value, ['pipeline', 1], ['SNV', 'MSC']),
      ['  - SNV  # scatter'],
      ['  - _or_:', '      - SNV', '      - MSC'],
    ],
  ])('%s', (_, change, gone, added) => {
    const after = change(text);
    expect(difference(text, after)).toEqual({ gone, added });
  });

  test('a moved step takes the comment above it along', () => {
    expect(lines(edit.moveStep(text, ['pipeline', 3], ['pipeline', 0])).slice(4, 8)).toEqual([
      'pipeline:',
      '  # from a plugin',
      '  - vendor.SecretSauce: {strength:   11}',
      '  # folds first',
    ]);
  });

  test('a step that loses its last parameter is a name again', () => {
    const one = edit.setParam(text, ['pipeline', 1], 'ddof', 1);
    expect(parse(edit.setParam(one, ['pipeline', 1], 'ddof', undefined))).toEqual(parse(text));
    expect(edit.setParam('- {class: SNV, params: {ddof: 1}}\n', [0], 'ddof', undefined)).toBe('- {class: SNV}\n');
  });

  test.each([
    ['- model: PLS\n', [0], '- model: {PLS: {scale: true}}\n'],
    ['- {class: PLS}\n', [0], '- {class: PLS, params: {scale: true}}\n'],
    ['- {class: PLS, params: {n_components: 2}}\n', [0], '- {class: PLS, params: {n_components: 2, scale: true}}\n'],
    ['- PLS:\n', [0], '- PLS: {scale: true}\n'],
    ['- {scale: false, model: PLS}\n', [0], '- {scale: true, model: PLS}\n'],
    ['- y_processing: [MinMax, SNV]\n', [0, 'y_processing', 1], '- y_processing: [MinMax, {SNV: {scale: true}}]\n'],
    ['- {_disabled_: {PLS: {scale: false}}}\n', [0], '- {_disabled_: {PLS: {scale: true}}}\n'],
    ['- PLS: {scale: {_or_: [true, false]}}\n', [0], '- PLS: {scale: true}\n'],
    ['- [SNV, PLS]\n', [0, 1], '- [SNV, {PLS: {scale: true}}]\n'],
    ['[SNV, PLS]\n', [1], '[SNV, {PLS: {scale: true}}]\n'],
  ])('a parameter of %j', (before, path, after) => {
    expect(edit.setParam(before, path, 'scale', true)).toBe(after);
  });

  test('a bare list gets settings and an empty text gets steps', () => {
    expect(parse(edit.setName('# mine\n- SNV\n- PLS\n', 'x'))).toEqual({ name: 'x', pipeline: ['SNV', 'PLS'] });
    expect(edit.insertStep('', ['pipeline', 0], 'SNV')).toBe('pipeline:\n  - SNV\n');
    expect(edit.insertStep('name: x\npipeline: []\n', ['pipeline', 0], 'SNV')).toBe('name: x\npipeline:\n  - SNV\n');
    expect(parse(edit.removeStep('pipeline:\n  - SNV\n', ['pipeline', 0]))).toEqual({ pipeline: [] });
  });

  test('what cannot be edited is said in a sentence', () => {
    const refused = (change: () => string) =>
      expect(change).toThrow(expect.objectContaining({ code: 'pipeline.edit' }));
    refused(() => edit.insertStep('pipeline: [SNV\n', ['pipeline', 0], 'SNV'));
    refused(() => edit.removeStep(text, ['pipeline', 9]));
    refused(() => edit.setParam(text, ['pipeline', 2], 'x', 1));
    refused(() => edit.setParam('- [SNV]\n- 3\n', [1], 'x', 1));
    refused(() => edit.setAlternatives(text, ['pipeline', 1], []));
  });
});

test('plain JSON stays plain JSON, with its indentation', () => {
  const json =
    '{\n    "name": "a",\n    "pipeline": [\n        "SNV",\n        {\n            "PLS": {\n                "n_components": 3\n            }\n        }\n    ]\n}';
  expect(edit.setParam(json, ['pipeline', 1], 'n_components', 3)).toBe(json);
  expect(edit.setName(json, 'b')).toBe(json.replace('"a"', '"b"'));
});

test('Windows line ends survive', () => {
  const after = edit.setParam('pipeline:\r\n  - KFold # a\r\n  - SNV\r\n  - PLS\r\n', ['pipeline', 1], 'ddof', 1);
  expect(parse(after)).toEqual({ pipeline: ['KFold', { SNV: { ddof: 1 } }, 'PLS'] });
  expect(after).toContain('# a');
});

describe('cards', () => {
  const cards = readCards(text, fakeCatalog);
  test('one for each step, plugins included', () => {
    expect(
      cards.map(({ kind, id, name, unknown, sweepCount, enabled }) => [kind, id, name, unknown, sweepCount, enabled]),
    ).toEqual([
      ['splitter', 'KFold', 'KFold', false, 1, true],
      ['transform', 'SNV', 'SNV', false, 1, true],
      ['alternatives', null, 'transform', false, 3, true],
      ['other', null, 'SecretSauce', true, 1, true],
      ['model', 'PLS', 'PLS', false, 20, true],
    ]);
    expect(cards[2]?.alternatives?.map((card) => card.summary)).toEqual([
      'SavitzkyGolay window_length 15, polyorder 2',
      'Detrend',
      'none',
    ]);
    expect(cards[4]?.sweeps['n_components']?.values).toHaveLength(20);
    expect(cards[4]?.callPath).toEqual(['pipeline', 4, 'model']);
  });

  test('switched off, titled, branches, targets', () => {
    const found = readCards(
      '- {_disabled_: {SNV: {ddof: 1}}}\n- {_comment: x}\n- null\n- {model: PLS, name: base}\n- branch: {a: [SNV, PLS], b: [MSC, RF]}\n- y_processing: MinMax\n- RandomForest\n',
      fakeCatalog,
    );
    expect(found.map(({ kind, id, title, enabled, unknown }) => [kind, id, title, enabled, unknown])).toEqual([
      ['transform', 'SNV', null, false, false],
      ['model', 'PLS', 'base', true, false],
      ['branch', null, null, true, false],
      ['target', 'MinMaxScaler', null, true, false],
      ['model', null, null, true, false],
    ]);
    expect(found[2]?.lanes).toEqual([{ name: 'a', steps: ['SNV', 'PLS'] }, { name: 'b', steps: ['MSC', 'RF'] }]); // prettier-ignore
  });

  test('any text gives cards or none, never an exception', () => {
    fc.assert(fc.property(fc.json(), (json) => void readCards(json, fakeCatalog)));
  });
});

describe('laws of 60 random edits', () => {
  const steps: readonly unknown[] = [
    'SNV',
    'MSC',
    { Detrend: { polyorder: 2 } },
    { SavitzkyGolay: { window_length: { _or_: [5, 11] } } },
    { y_processing: 'MinMax' },
    { 'vendor.Other': { a: [1, 2] } },
  ];
  const operation = fc.record({
    what: fc.nat(8),
    at: fc.nat(20),
    to: fc.nat(20),
    step: fc.nat(steps.length - 1),
    value: fc.constantFrom<unknown>(1, 2.5, true, 'x', null, [1, 2], { _range_: [1, 4] }),
  });
  type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

  const apply = (before: string, { what, at, to, step, value }: Operation): string => {
    const cards = readCards(before, fakeCatalog);
    const card: StepCard | undefined = cards[at % Math.max(1, cards.length)];
    const other = cards[to % Math.max(1, cards.length)];
    if (!card || !other || what === 0)
      return edit.insertStep(before, ['pipeline', at % (cards.length + 1)], steps[step]);
    switch (what) {
      case 1:
        return cards.length > 1 ? edit.removeStep(before, card.path) : before;
      case 2:
        return edit.moveStep(before, card.path, other.path);
      case 3:
        return edit.setEnabled(before, card.path, !card.enabled);
      case 4:
      case 5:
        return card.kind === 'alternatives' ? before : edit.setParam(before, card.path, 'p', value);
      case 6:
        return edit.setAlternatives(before, card.path, [steps[step], null, 'PLS']);
      case 7:
        return edit.setName(before, String(value));
      default:
        return edit.setDocumentKey(before, 'metric', at % 2 === 0 ? 'r2' : undefined);
    }
  };

  test('every result can be read, edited again, and holds the comments and plugins that were not removed', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        let now = text;
        for (const next of operations) {
          const before = now;
          now = apply(before, next);
          const document = parseDocument(now);
          expect(document.errors).toEqual([]);
          // Byte for byte after two trips: an edit that changes nothing changes nothing.
          expect(edit.setName(now, String(document.get('name')))).toBe(
            edit.setName(edit.setName(now, String(document.get('name'))), String(document.get('name'))),
          );
          if (![1, 6].includes(next.what)) {
            for (const comment of before.match(/# .*/g) ?? []) expect(now).toContain(comment);
            expect(now.match(/vendor\.\w+/g)?.length ?? 0).toBeGreaterThanOrEqual(
              before.match(/vendor\.\w+/g)?.length ?? 0,
            );
          }
          expect(now).toContain('# Corn, moisture');
        }
      }),
      { numRuns: 30 },
    );
  });

  test('insert and remove, move and move back, off and on are inverses', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 10 }), fc.nat(20), fc.nat(20), (operations, a, b) => {
        const start = operations.reduce(apply, text);
        const list = (parse(start) as { pipeline: unknown[] }).pipeline; // the operations keep the list
        const [from, to] = [a % list.length, b % list.length];
        expect(edit.removeStep(edit.insertStep(start, ['pipeline', to], 'SNV'), ['pipeline', to])).toBe(start);
        const moved = edit.moveStep(start, ['pipeline', from], ['pipeline', to]);
        expect(parse(edit.moveStep(moved, ['pipeline', to], ['pipeline', from]))).toEqual(parse(start));
        const card = readCards(start, fakeCatalog).find(({ path }) => path[1] === from);
        if (card)
          expect(
            parse(edit.setEnabled(edit.setEnabled(start, card.path, !card.enabled), card.path, card.enabled)),
          ).toEqual(parse(start));
      }),
      { numRuns: 50 },
    );
  });
});
