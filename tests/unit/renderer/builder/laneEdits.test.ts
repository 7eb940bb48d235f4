import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#core/pipeline/located.ts';
import { addAt, duplicateAt, removeAt, toggle } from '#renderer/builder/edits.ts';
import type { Edited } from '#renderer/builder/edits.ts';
import {
  addLane,
  moveLaneTo,
  moveStepTo,
  nameLane,
  removeLaneAt,
  separate,
  setJoin,
  setMerge,
} from '#renderer/builder/laneEdits.ts';
import { carriedTo } from '#renderer/builder/carriedTo.ts';
import { listAt, locateLane, locateStep } from '#renderer/builder/locate.ts';
import { plainAt, readDocument } from '#renderer/builder/readDocument.ts';
import { allSteps, lanesOf } from '#renderer/builder/stepView.ts';
import type { StepsView, StepView } from '#renderer/builder/stepView.ts';
import { edit, startHistory, undo } from '#renderer/builder/textHistory.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const view = (text: string) => readDocument(text, operatorDescriptors);
const steps = (text: string): unknown => plainAt(text, ['pipeline']);
const at = (text: string, index: number) => ({ list: view(text), index });
const step = (text: string, index: number): StepView => view(text).steps[index] ?? expect.fail('no such step');
const lane = (text: string, index: number, k: number) => lanesOf(step(text, index))[k] ?? expect.fail('no such lane');
const read = (now: string): StepsView => view(now);

const LIST = `pipeline:
  - KFold   # folds
  - branch:
      # first
      - [SNV, PLS]   # a
      - Ridge   # b
  - merge:
      predictions: [0, {branch: 1, select: best}]   # which
  - Ridge
`;
const NAMED = `pipeline:
  - branch:
      # derivative
      deriv: [SNV, PLS]
      raw: [Ridge]   # plain
  - merge: {predictions: [{branch: deriv, weight_metric: r2}, raw]}
  - Ridge
`;

describe('lanes', () => {
  test('are added, copied, moved and removed, and the merge follows them', () => {
    expect(plainAt(addLane(LIST, at(LIST, 1)).text, ['pipeline', 1, 'branch'])).toEqual([['SNV', 'PLS'], 'Ridge', []]);
    const copied = addLane(LIST, at(LIST, 1), 0).text;
    expect(plainAt(copied, ['pipeline', 1, 'branch'])).toEqual([['SNV', 'PLS'], ['SNV', 'PLS'], 'Ridge']);
    expect(plainAt(copied, ['pipeline', 2, 'merge'])).toEqual({ predictions: [0, { branch: 2, select: 'best' }] });
    const moved = moveLaneTo(LIST, at(LIST, 1), 0, 1).text;
    expect(plainAt(moved, ['pipeline', 1, 'branch'])).toEqual(['Ridge', ['SNV', 'PLS']]);
    expect(plainAt(moved, ['pipeline', 2, 'merge'])).toEqual({ predictions: [1, { branch: 0, select: 'best' }] });
    for (const comment of ['# folds', '# first', '# a', '# b', '# which']) expect(moved).toContain(comment);
    const removed = removeLaneAt(LIST, at(LIST, 1), 0).text;
    expect(plainAt(removed, ['pipeline', 2, 'merge'])).toEqual({ predictions: [{ branch: 0, select: 'best' }] });
    const last = removeLaneAt(removed, at(removed, 1), 0).text;
    expect(steps(last)).toEqual(['KFold', expect.anything(), 'Ridge']);
  });

  test('a merge that named only the removed lane takes those that are left', () => {
    const text = 'pipeline: [{branch: [[PLS], [Ridge]]}, {merge: {predictions: [1]}}, Ridge]\n';
    expect(plainAt(removeLaneAt(text, at(text, 0), 1).text, ['pipeline', 1])).toEqual({
      merge: { predictions: 'all' },
    });
  });

  test('get names, and every reference to a name follows it', () => {
    const named = nameLane(LIST, at(LIST, 1), 1, 'ridge').text;
    expect(plainAt(named, ['pipeline', 1, 'branch'])).toEqual({ A: ['SNV', 'PLS'], ridge: 'Ridge' });
    for (const comment of ['# first', '# a', '# b']) expect(named).toContain(comment);
    const renamed = nameLane(NAMED, at(NAMED, 0), 0, 'first derivative').text;
    expect(plainAt(renamed, ['pipeline', 1, 'merge'])).toEqual({
      predictions: [{ branch: 'first derivative', weight_metric: 'r2' }, 'raw'],
    });
    expect(renamed).toContain('# derivative');
    expect(() => nameLane(NAMED, at(NAMED, 0), 0, 'raw')).toThrow(/already/);
    expect(() => nameLane(NAMED, at(NAMED, 0), 0, 'by_tag')).toThrow(/something else/);
    expect(() => nameLane(NAMED, at(NAMED, 0), 0, '_or_')).toThrow(/something else/);
  });

  test('steps go from list to list, into lanes without a list, and out again', () => {
    const into = moveStepTo(LIST, view(LIST), 0, { list: lane(LIST, 1, 1), gap: 0 });
    expect(plainAt(into.text, ['pipeline', 0, 'branch'])).toEqual([
      ['SNV', 'PLS'],
      ['KFold', 'Ridge'],
    ]);
    expect(plainAt(into.text, into.selected ?? [])).toBe('KFold');
    const across = moveStepTo(LIST, lane(LIST, 1, 0), 0, { list: lane(LIST, 1, 1), gap: 1 });
    expect(plainAt(across.text, ['pipeline', 1, 'branch'])).toEqual([['PLS'], ['Ridge', 'SNV']]);
    expect(plainAt(across.text, across.selected ?? [])).toBe('SNV');
    const out = moveStepTo(LIST, lane(LIST, 1, 1), 0, { list: view(LIST), gap: 0 });
    expect(plainAt(out.text, ['pipeline', 2, 'branch'])).toEqual([['SNV', 'PLS'], []]);
    expect(plainAt(out.text, out.selected ?? [])).toBe('Ridge');
    const self = moveStepTo(LIST, view(LIST), 1, { list: lane(LIST, 1, 0), gap: 0 });
    expect(self.text).toBe(LIST);
  });

  test('a lane keeps its line when it gets its first step', () => {
    const text = 'pipeline:\n  - branch:\n      - [SNV]\n      - []\n  - PLS\n';
    expect(addAt(text, lane(text, 0, 1), 0, 'MSC').text).toBe(text.replace('[]', '[MSC]'));
  });
});

test('lanes called by a number are edited like all others', () => {
  const text =
    'pipeline:\n  - branch:\n      by_metadata: year\n      steps:\n        2020: [SNV] # wet\n        2021: PLS\n';
  const added = addAt(text, lane(text, 0, 1), 0, 'MSC').text;
  const both = addAt(added, lane(added, 0, 0), 1, 'Ridge').text;
  expect(plainAt(both, ['pipeline', 0, 'branch', 'steps'])).toEqual({ 2020: ['SNV', 'Ridge'], 2021: ['MSC', 'PLS'] });
  expect(both).toContain('# wet');
});

describe('which samples the lanes get', () => {
  const by = (separator: unknown, shared: boolean) => ({ by: 'metadata', separator, shared }) as const;

  test('groups have a lane each, or share the first', () => {
    const each = separate(LIST, at(LIST, 1), by('site', false)).text;
    expect(plainAt(each, ['pipeline', 1, 'branch'])).toEqual({
      by_metadata: 'site',
      steps: { A: ['SNV', 'PLS'], B: 'Ridge' },
    });
    for (const comment of ['# first', '# a', '# b']) expect(each).toContain(comment);
    const shared = separate(each, at(each, 1), by('site', true)).text;
    expect(plainAt(shared, ['pipeline', 1, 'branch'])).toEqual({ by_metadata: 'site', steps: ['SNV', 'PLS'] });
    const back = separate(shared, at(shared, 1), { by: 'duplication', separator: null, shared: false }).text;
    expect(plainAt(back, ['pipeline', 1, 'branch'])).toEqual([['SNV', 'PLS']]);
  });

  test('settings of groups stay while there are groups', () => {
    const text = 'pipeline:\n  - branch:\n      by_metadata: site # where\n      min_samples: 5\n      steps: [PLS]\n';
    const other = separate(text, at(text, 0), by('batch', true)).text;
    expect(plainAt(other, ['pipeline', 0, 'branch'])).toEqual({ by_metadata: 'batch', min_samples: 5, steps: ['PLS'] });
    expect(other).toContain('# where');
    const none = separate(text, at(text, 0), { by: 'duplication', separator: null, shared: false }).text;
    expect(plainAt(none, ['pipeline', 0, 'branch'])).toEqual([['PLS']]);
  });

  test('the older spelling of sources becomes the newer one', () => {
    const text = 'pipeline: [{source_branch: {NIR: [SNV], markers: [MinMaxScaler]}}]\n';
    const { text: now } = separate(text, at(text, 0), by('site', false));
    expect(plainAt(now, ['pipeline', 0])).toEqual({
      branch: { by_metadata: 'site', steps: { NIR: ['SNV'], markers: ['MinMaxScaler'] } },
    });
  });
});

describe('what happens behind the lanes', () => {
  const join = (text: string, index: number, kind: Parameters<typeof setJoin>[2]): unknown =>
    steps(setJoin(text, at(text, index), kind, read).text);

  test('a stack gets a meta-model, and it goes with the stack', () => {
    const text = 'pipeline: [KFold, {branch: [[PLS], [Ridge]]}]\n';
    const stacked = setJoin(text, at(text, 1), 'predictions', read).text;
    expect(steps(stacked)).toEqual(['KFold', { branch: [['PLS'], ['Ridge']] }, { merge: 'predictions' }, 'Ridge']);
    expect(join(stacked, 1, 'compare')).toEqual(['KFold', { branch: [['PLS'], ['Ridge']] }]);
    const changed = stacked.replace(/Ridge\]$/m, '{Ridge: {alpha: 2}}]').replace(/- Ridge$/m, '- {Ridge: {alpha: 2}}');
    expect(join(changed, 1, 'compare')).toContainEqual({ Ridge: { alpha: 2 } });
    expect(join(stacked, 1, 'both')).toEqual([expect.anything(), expect.anything(), { merge: 'all' }, 'Ridge']);
  });

  test('where no lane has a model, the one behind them makes the predictions', () => {
    const text = 'pipeline: [KFold, {branch: [[SNV], [MSC]]}, PLS]\n';
    const branch = { branch: [['SNV'], ['MSC']] };
    expect(join(text, 1, 'predictions')).toEqual(['KFold', branch, 'PLS', { merge: 'predictions' }, 'Ridge']);
    expect(join(text, 1, 'features')).toEqual(['KFold', branch, { merge: 'features' }, 'PLS']);
    const features = setJoin(text, at(text, 1), 'features', read).text;
    expect(join(features, 1, 'predictions')).toEqual(['KFold', branch, 'PLS', { merge: 'predictions' }, 'Ridge']);
    const stacked = setJoin(features, at(features, 1), 'predictions', read).text;
    expect(join(stacked, 1, 'features')).toEqual(['KFold', branch, { merge: 'features' }, 'PLS']);
  });

  test('options of a merge leave its other keys and its comments', () => {
    const now = setMerge(NAMED, step(NAMED, 1), { includeOriginal: true }).text;
    expect(plainAt(now, ['pipeline', 1, 'merge'])).toMatchObject({
      predictions: [{ branch: 'deriv', weight_metric: 'r2' }, 'raw'],
      include_original: true,
    });
    expect(setMerge(now, step(now, 1), { includeOriginal: false }).text).toBe(NAMED);
  });
});

test('carried by keyboard a card goes through lanes and out of them', () => {
  const text = 'pipeline: [SNV, {branch: [[MSC], [Detrend, PLS]]}, Ridge]\n';
  const go = (path: (string | number)[], direction: Parameters<typeof carriedTo>[2]): unknown => {
    const now = view(text);
    const place = locateStep(now, path) ?? expect.fail('no such step');
    const to = carriedTo(now, place.step, direction);
    return to ? steps(moveStepTo(text, place.list, place.index, to).text) : null;
  };
  expect(go(['pipeline', 0], 'right')).toEqual([
    {
      branch: [
        ['SNV', 'MSC'],
        ['Detrend', 'PLS'],
      ],
    },
    'Ridge',
  ]);
  expect(go(['pipeline', 2], 'into')).toEqual([
    'SNV',
    {
      branch: [
        ['MSC', 'Ridge'],
        ['Detrend', 'PLS'],
      ],
    },
  ]);
  const msc = ['pipeline', 1, 'branch', 0, 0];
  expect(go(msc, 'right')).toEqual(['SNV', { branch: [[], ['MSC', 'Detrend', 'PLS']] }, 'Ridge']);
  expect(go(msc, 'left')).toBeNull();
  expect(go(msc, 'up')).toEqual(['SNV', 'MSC', { branch: [[], ['Detrend', 'PLS']] }, 'Ridge']);
  expect(go(['pipeline', 1, 'branch', 1, 1], 'down')).toEqual([
    'SNV',
    { branch: [['MSC'], ['Detrend']] },
    'PLS',
    'Ridge',
  ]);
  expect(go(['pipeline', 1, 'branch', 1, 1], 'up')).toEqual([
    'SNV',
    { branch: [['MSC'], ['PLS', 'Detrend']] },
    'Ridge',
  ]);
});

const START = `# my calibration
name: Fat
pipeline:
  - KFold: {n_splits: 5}   # folds
  - SNV   # scatter
  - branch:
      # derivative spectra
      deriv: [{SavitzkyGolay: {deriv: 1}}, {_or_: [Detrend, null]}, PLS]   # sweeps
      nested:
        - branch:   # inside
            - [MSC]
            - Detrend   # alone
        - merge: features   # together
        - {PLS: {n_components: {_range_: [1, 5]}}}
      # as measured
      raw:
        # straight
        - MSC
        # the model
        - Ridge
    _comment: kept
  - merge: {predictions: [{branch: deriv, weight_metric: r2}, raw], on_missing: warn}   # stack
  # of a plugin
  - {vendor.Other: {a: 1}}
  - Ridge   # meta
`;

test('300 random edits lose no comment and no meaning, and undo leads back to the first text', () => {
  const action = fc.record({
    kind: fc.constantFrom(
      'add',
      'step',
      'copy',
      'toggle',
      'lane',
      'copyLane',
      'moveLane',
      'name',
      'by',
      'join',
      'merge',
    ),
    a: fc.nat(1_000),
    b: fc.nat(1_000),
  });
  fc.assert(
    fc.property(fc.array(action, { minLength: 20, maxLength: 300 }), (actions) => {
      let history = startHistory(START);
      for (const { kind, a, b } of actions) {
        const now = history.present;
        if (now.length > 4_000 && GROWS.has(kind)) continue; // copies of copies would be all there is
        const next = applied(kind, now, a, b).text;
        history = edit(history, next, null, 0);
        const shown = view(next);
        expect(shown.unreadable).toBeNull();
        for (const comment of next === now ? [] : (START.match(/# .*/g) ?? []))
          expect(next, `${kind} ${a} ${b}\n${now}\n→\n${next}`).toContain(comment);
        expect(next).toContain('vendor.Other');
        // Moving and naming change places only: the same operators are there.
        if (['step', 'moveLane'].includes(kind)) expect(words(next)).toEqual(words(now));
        // An edit that says what is said already changes nothing.
        const [first] = shown.steps;
        if (first) expect(canonicalJson(plainAt(moveStepTo(next, shown, 0, { list: shown, gap: 0 }).text, []))).toBe(canonicalJson(plainAt(next, []))); // prettier-ignore
      }
      while (history.past.length > 0) history = undo(history);
      expect(history.present).toBe(START);
    }),
    { numRuns: 12 },
  );
});

const GROWS: ReadonlySet<string> = new Set(['add', 'copy', 'lane', 'copyLane']);

/** Every word of a document with how often it stands there, whatever its place. */
const words = (text: string): string[] => (JSON.stringify(plainAt(text, [])).match(/[A-Za-z_.]{3,}/g) ?? []).sort();

function applied(kind: string, text: string, a: number, b: number): Edited {
  const now = view(text);
  const every = allSteps(now.steps);
  const chosen = every[a % every.length] ?? expect.fail('no steps');
  const place = locateStep(now, chosen.path) ?? expect.fail('no place');
  const branches = every.filter(({ body }) => body.kind === 'branch');
  const lanes = branches.flatMap(lanesOf);
  const lists: StepsView[] = [now, ...lanes];
  const list = lists[b % lists.length] ?? now;
  if (kind === 'add') return addAt(text, list, a % (list.steps.length + 1), { SavitzkyGolay: { deriv: 1 } });
  if (kind === 'step') return moveStepTo(text, place.list, place.index, { list, gap: a % (list.steps.length + 1) });
  if (kind === 'copy') return duplicateAt(text, place.list, place.index);
  if (kind === 'toggle') return toggle(text, chosen);
  if (kind === 'merge' && chosen.body.kind === 'merge') return setMerge(text, chosen, { includeOriginal: b % 2 === 0 });
  const branch = branches[a % branches.length];
  const where = branch && locateStep(now, branch.path);
  if (!branch || !where) return { text, selected: null };
  const count = lanesOf(branch).length;
  if (kind === 'lane')
    return branch.body.kind === 'branch' && branch.body.branch.shared ? { text, selected: null } : addLane(text, where);
  if (kind === 'join') {
    const kinds = ['features', 'predictions', 'both'] as const;
    return setJoin(text, where, kinds[b % 3] ?? 'both', (next) => listAt(view(next), where.list.stepsPath));
  }
  if (kind === 'by')
    return separate(text, where, b % 2 === 0 ? { by: 'metadata', separator: 'site', shared: count < 2 } : { by: 'duplication', separator: null, shared: false }); // prettier-ignore
  const one = lanesOf(branch)[b % Math.max(1, count)];
  const found = one && locateLane(now, one.stepsPath);
  if (!found || (branch.body.kind === 'branch' && branch.body.branch.shared)) return { text, selected: null };
  const lanePlace = { list: found.list, index: found.branchAt };
  if (kind === 'copyLane') return count > 5 ? { text, selected: null } : addLane(text, lanePlace, found.laneAt);
  if (kind === 'moveLane') return moveLaneTo(text, lanePlace, found.laneAt, a % count);
  if (kind !== 'name') return { text, selected: null };
  const name = `lane ${a}`;
  return lanesOf(branch).some((each) => each.name === name)
    ? { text, selected: null }
    : nameLane(text, lanePlace, found.laneAt, name);
}

test('removing cards of lanes leaves the others and says what is selected', () => {
  const removed = removeAt(LIST, lane(LIST, 1, 0), 0);
  expect(plainAt(removed.text, ['pipeline', 1, 'branch', 0])).toEqual(['PLS']);
  expect(removed.selected).toEqual(['pipeline', 1, 'branch', 0, 0]);
  const empty = removeAt(LIST, lane(LIST, 1, 1), 0);
  expect(plainAt(empty.text, ['pipeline', 1, 'branch', 1])).toEqual([]);
  expect(empty.selected).toEqual(['pipeline', 1, 'branch', 1]);
});
