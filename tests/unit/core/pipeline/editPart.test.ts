import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { EngineError } from '#core/base/errors.ts';
import { setPart, setPartText, setStepKey } from '#core/pipeline/editPart.ts';

const text = `# corn
name: corn
refit:   # what is deployed
  rule: one_standard_error   # simple
  criteria:
    # the three best
    - {top_k: 3}
    - {top_k: 1, ranking: rmsecv}  # pooled
pipeline:
  # folds
  - KFold: {n_splits:   5}
  - y_processing:
      # first the logarithm
      - LogTransform  # natural
      - StandardScaler
  - exclude:
      filters: [YOutlierFilter, XOutlierFilter]   # two
      mode: any
  - _or_: [SNV, MSC]  # scatter
    pick: 1
  - model:
      PLS: {n_components: 5}   # five
    finetune_params:
      n_trials: 20   # enough
      model_params:
        # latent variables
        n_components: [int, 1, 15]
`;
const data = (value: string): unknown => parseDocument(value).toJS();
const changed = (after: string): { gone: string[]; added: string[] } => {
  const [before, now] = [text.split('\n'), after.split('\n')];
  return { gone: before.filter((line) => !now.includes(line)), added: now.filter((line) => !before.includes(line)) };
};

describe('a change rewrites the part that it is about', () => {
  test.each<[string, (value: string) => string, string[], string[]]>([
    [
      'a number of the search',
      (value) => setPart(value, ['pipeline', 4, 'finetune_params', 'n_trials'], 40),
      ['      n_trials: 20   # enough', '      PLS: {n_components: 5}   # five'],
      ['      PLS: {n_components: 5} # five', '      n_trials: 40 # enough'],
    ],
    ['nothing', (value) => setPart(value, ['pipeline', 1, 'y_processing'], ['LogTransform', 'StandardScaler']), [], []],
    [
      'one more of a chain keeps the comments of the others',
      (value) => setPart(value, ['pipeline', 1, 'y_processing'], ['LogTransform', 'StandardScaler', 'MinMax']),
      ['      - LogTransform  # natural'],
      ['      - LogTransform # natural', '      - MinMax'],
    ],
    [
      'a mode',
      (value) => setPart(value, ['pipeline', 2, 'exclude', 'mode'], undefined),
      ['      filters: [YOutlierFilter, XOutlierFilter]   # two', '      mode: any'],
      ['      filters: [YOutlierFilter, XOutlierFilter] # two'],
    ],
    [
      'a bare splitter gets its keyword',
      (value) => setStepKey(value, ['pipeline', 0], 'group', 'batch'),
      ['  - KFold: {n_splits:   5}'],
      ['  - split:', '      KFold: {n_splits: 5}', '    group: batch'],
    ],
  ])('%s', (_, change, gone, added) => {
    const difference = changed(change(text));
    expect(difference.gone.toSorted()).toEqual(gone.toSorted());
    expect(difference.added.toSorted()).toEqual(added.toSorted());
  });

  test('typed text stands in the place of a step, with its own comments', () => {
    const after = setPartText(
      text,
      ['pipeline', 3],
      '_cartesian_:   # stages\n  - _or_: [SNV, MSC]\n  - _or_: [Detrend, null]',
    );
    expect(after).toContain('_cartesian_:');
    expect(after).toContain('# stages');
    expect(data(after)).toMatchObject({ pipeline: [{}, {}, {}, { _cartesian_: [{ _or_: ['SNV', 'MSC'] }, {}] }, {}] });
    expect(after).toContain('- LogTransform  # natural');
  });

  test.each(['[SNV', '', 'a: 1\na: 2'])('text that is no step is refused: %j', (typed) => {
    expect(() => setPartText(text, ['pipeline', 3], typed)).toThrow(EngineError);
    expect(() => setPartText(text, ['pipeline', 99], 'SNV')).toThrow(EngineError);
  });

  test('a part that another one repeats is not pulled away from under it', () => {
    expect(() => setPart('- &a {SNV: {ddof: 1}}\n- *a\n', [0], undefined)).toThrow(/repeats it/);
  });
});

describe('laws of random changes', () => {
  /** Places, and the comments that stand inside them. */
  const places: readonly (readonly [path: readonly (string | number)[], inside: readonly string[]])[] = [
    [['refit'], ['# what is deployed', '# simple', '# the three best', '# pooled']],
    [['refit', 'rule'], []],
    [
      ['refit', 'criteria'],
      ['# the three best', '# pooled'],
    ],
    [
      ['pipeline', 1, 'y_processing'],
      ['# first the logarithm', '# natural'],
    ],
    [['pipeline', 2, 'exclude', 'filters'], ['# two']],
    [['pipeline', 3, 'pick'], []],
    [
      ['pipeline', 4, 'finetune_params'],
      ['# enough', '# latent variables'],
    ],
    [['pipeline', 4, 'finetune_params', 'model_params'], ['# latent variables']],
    [['metric'], []],
  ];
  const change = fc.record({
    at: fc.nat(places.length - 1),
    value: fc.jsonValue({ maxDepth: 2, noUnicodeString: true }),
  });

  test('the document says what was set, all else stays, and setting it back gives back its meaning', () => {
    fc.assert(
      fc.property(change, ({ at, value }) => {
        const [path, inside] = places[at] ?? [[], []];
        const before = parseDocument(text).getIn(path) as unknown;
        const after = setPart(text, path, value);
        const document = parseDocument(after);
        expect(document.errors).toEqual([]);
        expect(JSON.parse(JSON.stringify(document.toJS()))).toEqual(
          replaced(data(text), path, JSON.parse(JSON.stringify(value))),
        );
        // Comments outside the part stay, each of them.
        for (const [comment] of text.matchAll(/# .*/g)) if (!inside.includes(comment)) expect(after).toContain(comment);
        const back = setPart(after, path, before === undefined ? undefined : plain(data(text), path));
        expect(data(back)).toEqual(data(text));
      }),
      { numRuns: 300 },
    );
  });

  const plain = (node: unknown, path: readonly (string | number)[]): unknown =>
    path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], node);
  function replaced(node: unknown, path: readonly (string | number)[], value: unknown): unknown {
    const [key, ...rest] = path;
    if (key === undefined) return value;
    if (Array.isArray(node)) return node.map((item: unknown, k) => (k === key ? replaced(item, rest, value) : item));
    const map = node as Record<string, unknown>;
    return { ...map, [key]: replaced(map[key], rest, value) };
  }
});
