import { expect, test } from 'vitest';
import { plainAt, readDocument } from '#renderer/builder/readDocument.ts';
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
  expect(steps[0]?.body).toEqual({
    kind: 'branch',
    lanes: [
      { name: 'low', steps: ['SNV'] },
      { name: 'high', steps: ['MSC', 'Detrend'] },
    ],
  });
  expect(steps[1]?.body).toEqual({ kind: 'other', text: 'XGBRegressor: {C: 10}' });
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
