import { expect, test } from 'vitest';
import { plainAt, readDocument } from '#renderer/builder/readDocument.ts';
import { lanesOf } from '#renderer/builder/stepView.ts';
import { stepShortName, stepWords } from '#renderer/builder/stepWords.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const read = (text: string) => readDocument(text, operatorDescriptors);

test('reads a pipeline as a person would tell it', () => {
  const { name, steps } = read(`name: Fat
pipeline:
  - KFold: {n_splits: 10, shuffle: true, random_state: 42}
  - _or_: [null, SNV, {SavitzkyGolay: {window_length: 15, polyorder: 2, deriv: 1}}]
  - y_processing: StandardScaler
  - PLS: {n_components: {_range_: [1, 20]}, scale: false}
`);
  expect(name).toBe('Fat');
  expect(steps.map(({ role, sweepCount }) => [role, sweepCount])).toEqual([
    ['splitter', 1],
    ['transform', 3],
    ['target', 1],
    ['model', 20],
  ]);
  expect(steps.map(stepShortName)).toEqual(['K-fold', 'none | SNV | Savitzky–Golay', 'Target: Standard scaler', 'PLS']);
  expect(stepWords(steps[3] ?? fail())).toBe('components 1–20 · scale channels: no');
});

test('steps that are switched off keep their settings and their place', () => {
  const [step] = read('pipeline:\n  - {_disabled_: {Detrend: {polyorder: 2}}}\n  - PLS\n').steps;
  expect(step).toMatchObject({ enabled: false, title: 'Detrend', path: ['pipeline', 0] });
  expect(step?.body).toMatchObject({ kind: 'operator', operator: { params: { polyorder: 2 } } });
});

test('what this version does not run stays visible with its own text', () => {
  const { steps } = read(
    'pipeline:\n  - branch: {low: [SNV], high: [MSC, Detrend]}\n  - XGBRegressor: {C: 10}\n  - rep_to_pp: true\n',
  );
  expect(steps.map(({ unknown, title }) => [unknown, title])).toEqual([
    [false, 'Branch'],
    [true, 'XGBRegressor'],
    [true, 'Rep to pp'],
  ]);
  expect(steps[1]?.body).toEqual({ kind: 'other', text: 'XGBRegressor: {C: 10}' });
});

test('lanes have cards of their own, down to the third level', () => {
  const [branch] = read(`pipeline:
  - branch:
      by_metadata: site
      min_samples: 8
      steps:
        north: [SNV, {branch: [[{branch: [PLS, {branch: [[SNV], [MSC]]}]}], Ridge]}]
        south: PLS
`).steps;
  if (branch?.body.kind !== 'branch') return fail();
  expect(branch.title).toBe('Branch by metadata');
  expect(branch.body.branch).toMatchObject({ by: 'metadata', column: 'site', minSamples: 8, shared: false, depth: 1 });
  const [north, south] = branch.body.branch.lanes;
  expect([north?.name, north?.letter, north?.isList, south?.name, south?.letter, south?.isList]).toEqual([
    'north',
    'A',
    true,
    'south',
    'B',
    false,
  ]);
  expect(south?.steps[0]).toMatchObject({ role: 'model', path: ['pipeline', 0, 'branch', 'steps', 'south'] });
  const second = lanesOf(north?.steps[1] ?? fail());
  const third = lanesOf(second[0]?.steps[0] ?? fail());
  expect(third.map(({ steps: [step] }) => step?.body.kind)).toEqual(['operator', 'deep']);
  expect(third[1]?.steps[0]?.body).toEqual({
    kind: 'deep',
    lanes: [
      { name: 'A', steps: ['SNV'] },
      { name: 'B', steps: ['MSC'] },
    ],
  });
});

test('merges have a form where it can say all of them, and are text elsewhere', () => {
  const { steps } = read(
    'pipeline:\n  - branch: [PLS, Ridge]\n  - merge: predictions\n  - merge: {predictions: {0: best}}\n  - merge_sources: concat\n',
  );
  expect(steps.map(({ title, body, unknown }) => [title, body.kind, unknown])).toEqual([
    ['Branch', 'branch', false],
    ['Stack models', 'merge', false],
    ['Merge', 'other', false],
    ['Merge sources', 'other', true],
  ]);
});

test('generators that a list cannot show are text to edit, and are not called unknown', () => {
  const { steps } = read(`pipeline:
  - _or_: [SNV, MSC, Detrend]
    pick: 2
  - _chain_: [SNV, MSC]
  - model: {_or_: [PLS, Ridge]}
  - _cartesian_: [[SNV, MSC], [Detrend]]
`);
  expect(steps.map(({ body, unknown, role }) => [body.kind, unknown, role])).toEqual([
    ['alternatives', false, 'transform'],
    ['other', false, 'transform'],
    ['alternatives', false, 'model'],
    ['other', false, 'other'],
  ]);
  expect(steps[0]?.body).toMatchObject({ modifiers: { pick: 2 }, choicePath: ['pipeline', 0] });
  expect(steps[2]?.body).toMatchObject({ modifiers: {}, choicePath: ['pipeline', 2, 'model'] });
  expect(steps[1]?.body).toEqual({ kind: 'other', text: '_chain_: [SNV, MSC]' });
});

test('says which line cannot be read, and reads an empty document', () => {
  expect(read('pipeline:\n  - SNV\n  - [PLS\n').unreadable).toMatchObject({ line: expect.any(Number) as number });
  expect(read('pipeline: []\n')).toMatchObject({ steps: [], stepsPath: ['pipeline'], unreadable: null });
  expect(read('')).toMatchObject({ steps: [], unreadable: null });
});

test('finds the data at a path', () => {
  expect(plainAt('pipeline: [SNV, {PLS: {n_components: 3}}]', ['pipeline', 1])).toEqual({ PLS: { n_components: 3 } });
  expect(plainAt('pipeline: []', ['pipeline', 'x', 'y'])).toBeUndefined();
});

const fail = (): never => {
  throw new Error('There is no such step.');
};
