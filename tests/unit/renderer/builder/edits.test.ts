import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAt,
  addOption,
  addPart,
  duplicateAt,
  movePartUp,
  moveTo,
  onlyOption,
  removeAt,
  removeOption,
  removePart,
  setModifier,
  setSetting,
  toggle,
} from '#renderer/builder/edits.ts';
import type { Edited } from '#renderer/builder/edits.ts';
import { plainAt, readDocument } from '#renderer/builder/readDocument.ts';
import type { DocumentView } from '#renderer/builder/readDocument.ts';
import { edit, startHistory, undo } from '#renderer/builder/textHistory.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const START = `# my calibration
name: Fat
pipeline:
  - KFold: {n_splits: 5}   # folds
  - SNV
  - null
  - branch: {A: [MSC], B: [Detrend]}   # kept
  - _or_:
      - null
      - Detrend
  - PLS: {n_components: {_range_: [1, 20]}}
`;
const view = (text: string): DocumentView => readDocument(text, operatorDescriptors);
const titles = (text: string): string[] => view(text).steps.map(({ title }) => title);
const step = (text: string, index: number) => view(text).steps[index] ?? expect.fail('no such step');

describe('the list of steps', () => {
  test('takes a new step before a card, after the last, and into an empty document', () => {
    expect(titles(addAt(START, view(START), 1, 'MSC').text)[1]).toBe('Multiplicative scatter correction (MSC)');
    const last = addAt(START, view(START), 99, 'Ridge');
    expect(titles(last.text).at(-1)).toBe('Ridge regression');
    expect(plainAt(last.text, last.selected ?? [])).toBe('Ridge');
    expect(titles(addAt('pipeline: []\n', view('pipeline: []\n'), 0, 'SNV').text)).toEqual([
      'Standard normal variate (SNV)',
    ]);
    expect(titles(addAt('', view(''), 0, 'SNV').text)).toEqual(['Standard normal variate (SNV)']);
  });

  test('moves a card up and down past what has no card', () => {
    const down = moveTo(START, view(START), 1, 3);
    expect(titles(down.text).slice(1, 3)).toEqual(['Branch', 'Standard normal variate (SNV)']);
    expect(plainAt(down.text, down.selected ?? [])).toBe('SNV');
    const back = moveTo(down.text, view(down.text), 2, 1);
    expect(titles(back.text)).toEqual(titles(START));
    expect(moveTo(START, view(START), 1, 2).text).toBe(START);
  });

  test('copies, switches and removes, and says what is selected then', () => {
    const copy = duplicateAt(START, view(START), 1);
    expect(titles(copy.text).slice(1, 3)).toEqual(Array(2).fill('Standard normal variate (SNV)'));
    const off = toggle(START, step(START, 1));
    expect(step(off.text, 1).enabled).toBe(false);
    expect(toggle(off.text, step(off.text, 1)).text).toBe(START);
    const removed = removeAt(START, view(START), 4);
    expect(titles(removed.text)).not.toContain('Partial least squares (PLS)');
    expect(removed.selected).toEqual(step(START, 3).path);
  });
});

describe('alternatives', () => {
  test('a plain step becomes a choice, and the last choice a plain step again', () => {
    const two = addOption(START, step(START, 1), 'MSC');
    expect(step(two.text, 1).body).toMatchObject({ kind: 'alternatives' });
    expect(plainAt(two.text, two.selected ?? [])).toBe('MSC');
    const one = removeOption(two.text, view(two.text), 1, 1);
    expect(plainAt(one.text, ['pipeline', 1])).toBe('SNV');
  });

  test('without a choice that does something the step goes', () => {
    const none = removeOption(START, view(START), 3, 1);
    expect(titles(none.text)).toHaveLength(4);
  });

  test('a step that is switched off can have alternatives, too', () => {
    const off = toggle(START, step(START, 1)).text;
    const two = addOption(off, step(off, 1), null);
    expect(step(two.text, 1)).toMatchObject({ enabled: false, body: { kind: 'alternatives' } });
  });

  test('one alternative alone, for its preview', () => {
    const alone = onlyOption(START, step(START, 3), ['pipeline', 4, '_or_', 1]);
    expect(plainAt(alone, ['pipeline', 4])).toBe('Detrend');
  });
});

test('random edits never lose the branch or the comments, and undo leads back to the first text', () => {
  const action = fc.record({
    kind: fc.constantFrom('add', 'move', 'copy', 'toggle', 'option'),
    a: fc.nat(20),
    b: fc.nat(20),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      let history = startHistory(START);
      for (const { kind, a, b } of actions) {
        const now = history.present;
        history = edit(history, applied(kind, now, a, b).text, null, 0);
      }
      expect(history.present).toContain('# my calibration');
      expect(history.present).toContain('# kept');
      expect(view(history.present).unreadable).toBeNull();
      expect(view(history.present).steps.some(({ role }) => role === 'branch')).toBe(true);
      while (history.past.length > 0) history = undo(history);
      expect(history.present).toBe(START);
    }),
    { numRuns: 40 },
  );
});

function applied(kind: string, text: string, a: number, b: number): Edited {
  const now = view(text);
  const index = a % now.steps.length;
  const chosen = now.steps[index];
  if (kind === 'add') return addAt(text, now, b % (now.steps.length + 1), { SavitzkyGolay: { deriv: 1 } });
  if (kind === 'move') return moveTo(text, now, index, b % (now.steps.length + 1));
  if (chosen === undefined || chosen.role === 'branch') return { text, selected: null };
  if (kind === 'copy') return duplicateAt(text, now, index);
  return kind === 'toggle' ? toggle(text, chosen) : addOption(text, chosen, 'MSC');
}

describe('steps of several operators', () => {
  const STEPS = `pipeline:
  - y_processing:
      - LogTransform  # natural
      - StandardScaler
  - YOutlierFilter   # alone
  - tag: {odd: YOutlierFilter}
  - feature_augmentation: [SNV, [Detrend, MSC]]
    action: extend
  - sample_augmentation:
      transformers: [GaussianAdditiveNoise]
      count: 2   # twice
  - y_processing: MinMaxScaler
  - KFold
  - model: {_or_: [PLS, Ridge]}   # compared
    name: m
`;
  const plain = (text: string, index: number): unknown => plainAt(text, ['pipeline', index]);

  test('each has its role and its parts', () => {
    expect(view(STEPS).steps.map(({ role, body }) => [role, body.kind])).toEqual([
      ['target', 'parts'],
      ['filter', 'operator'],
      ['filter', 'parts'],
      ['views', 'parts'],
      ['augmentation', 'parts'],
      ['target', 'operator'],
      ['splitter', 'operator'],
      ['model', 'alternatives'],
    ]);
    expect(view(STEPS).steps.every(({ unknown }) => !unknown)).toBe(true);
  });

  test('parts are added, moved and removed, and the comments of the others stay', () => {
    const more = addPart(STEPS, step(STEPS, 0), 'MinMaxScaler').text;
    expect(plain(more, 0)).toEqual({ y_processing: ['LogTransform', 'StandardScaler', 'MinMaxScaler'] });
    expect(more).toContain('- LogTransform # natural');
    const moved = movePartUp(more, step(more, 0), 1);
    expect(plain(moved.text, 0)).toEqual({ y_processing: ['StandardScaler', 'LogTransform', 'MinMaxScaler'] });
    expect(moved.text).toContain('- LogTransform # natural');
    const fewer = removePart(moved.text, view(moved.text), 0, 0).text;
    expect(plain(fewer, 0)).toEqual({ y_processing: ['LogTransform', 'MinMaxScaler'] });
    expect(fewer.split('\n').slice(4)).toEqual(STEPS.split('\n').slice(4));
    expect(plain(addPart(STEPS, step(STEPS, 1), 'XOutlierFilter').text, 1)).toEqual({
      exclude: ['YOutlierFilter', 'XOutlierFilter'],
    });
    expect(plain(addPart(STEPS, step(STEPS, 2), 'XOutlierFilter').text, 2)).toEqual({
      tag: { odd: 'YOutlierFilter', XOutlierFilter: 'XOutlierFilter' },
    });
    expect(plain(addPart(STEPS, step(STEPS, 5), 'StandardScaler').text, 5)).toEqual({
      y_processing: ['MinMaxScaler', 'StandardScaler'],
    });
    expect(plain(addPart(STEPS, step(STEPS, 4), 'Mixup').text, 4)).toEqual({
      sample_augmentation: { transformers: ['GaussianAdditiveNoise', 'Mixup'], count: 2 },
    });
    expect(view(removePart(STEPS, view(STEPS), 2, 0).text).steps).toHaveLength(7);
  });

  test('settings stand where the document has them', () => {
    const count = setSetting(STEPS, step(STEPS, 4), 'count', 5).text;
    expect(plain(count, 4)).toEqual({ sample_augmentation: { transformers: ['GaussianAdditiveNoise'], count: 5 } });
    expect(count).toContain('count: 5 # twice');
    expect(plain(setSetting(STEPS, step(STEPS, 3), 'action', 'add').text, 3)).toMatchObject({ action: 'add' });
    expect(plain(setSetting(STEPS, step(STEPS, 3), 'action', undefined).text, 3)).not.toHaveProperty('action');
    expect(plain(setSetting(STEPS, step(STEPS, 6), 'group', 'batch').text, 6)).toEqual({
      split: 'KFold',
      group: 'batch',
    });
    const off = toggle(STEPS, step(STEPS, 6)).text;
    expect(plain(setSetting(off, step(off, 6), 'group', 'batch').text, 6)).toEqual({
      _disabled_: { split: 'KFold', group: 'batch' },
    });
  });

  test('alternatives under a keyword, and how alternatives are combined', () => {
    const three = addOption(STEPS, step(STEPS, 7), 'Lasso').text;
    expect(plain(three, 7)).toEqual({ model: { _or_: ['PLS', 'Ridge', 'Lasso'] }, name: 'm' });
    const one = removeOption(STEPS, view(STEPS), 7, 0).text;
    expect(plain(one, 7)).toEqual({ model: 'Ridge', name: 'm' });
    const picked = setModifier(START, step(START, 3), 'pick', [1, 2]).text;
    expect(plain(picked, 4)).toEqual({ _or_: [null, 'Detrend'], pick: [1, 2] });
    expect(step(picked, 3).sweepCount).toBe(3);
    expect(plain(setModifier(picked, step(picked, 3), 'pick', undefined).text, 4)).toEqual({ _or_: [null, 'Detrend'] });
  });

  test('weights come and go with the alternatives that they belong to', () => {
    const text = 'pipeline:\n  - _or_: [SNV, MSC, null]\n    count: 2\n    _weights_: [1, 2, 3]\n  - PLS\n';
    expect(plain(removeOption(text, view(text), 0, 1).text, 0)).toMatchObject({
      _or_: ['SNV', null],
      _weights_: [1, 3],
    });
    expect(plain(addOption(text, step(text, 0), 'Detrend').text, 0)).toMatchObject({ _weights_: [1, 2, 3, 1] });
  });
});
