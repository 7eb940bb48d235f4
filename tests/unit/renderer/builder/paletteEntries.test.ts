import { expect, test } from 'vitest';
import { newStep } from '#renderer/builder/newStep.ts';
import { GROUP_ORDER, paletteEntries, searchPalette } from '#renderer/builder/paletteEntries.ts';
import { placeFor, validAt } from '#renderer/builder/placement.ts';
import { plainAt, readDocument } from '#renderer/builder/readDocument.ts';
import { addAt } from '#renderer/builder/edits.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const entries = paletteEntries(operatorDescriptors);
const entry = (key: string) => entries.find((each) => each.key === key) ?? expect.fail(`no ${key}`);
const found = (query: string) => searchPalette(entries, query).map(({ key }) => key);

test('offers every operator once, and scalers for the target as well, in palette order', () => {
  expect(new Set(entries.map(({ operator }) => operator.id)).size).toBe(operatorDescriptors.length);
  const aside = entries.filter(({ key }) => !key.startsWith('target:'));
  expect(new Set(aside.map(({ key }) => key)).size).toBe(aside.length);
  expect(entries.some(({ key }) => key === 'target:StandardScaler')).toBe(true);
  const order = entries.map(({ group }) => GROUP_ORDER.indexOf(group));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test.each([
  ['snv', 'SNV'],
  ['standard normal', 'SNV'],
  ['sg', 'SavitzkyGolay'],
  ['savgol', 'SavitzkyGolay'],
  ['golay', 'SavitzkyGolay'],
  ['kf', 'KFold'],
  ['ks', 'KennardStone'],
  ['pls', 'PLS'],
  ['PLSRegression', 'PLS'],
])('"%s" finds %s', (query, key) => {
  expect(found(query).slice(0, 3)).toContain(key);
});

test('an exact name comes first; nonsense finds nothing; no query shows all', () => {
  expect(found('pls')[0]).toBe('PLS');
  expect(found('xyzzy')).toEqual([]);
  expect(found('  ')).toHaveLength(entries.length);
});

test('a new step leaves the defaults to the operator, but sweeps components and shuffles with a seed', () => {
  expect(newStep(entry('SNV'))).toBe('SNV');
  expect(newStep(entry('PLS'))).toEqual({ PLS: { n_components: { _range_: [1, 20] } } });
  expect(newStep(entry('KFold'))).toEqual({ KFold: { shuffle: true, random_state: 42 } });
  expect(newStep(entry('target:StandardScaler'))).toEqual({ y_processing: 'StandardScaler' });
});

test('whatever the order in which steps are added, nothing is learned outside the folds', () => {
  let text = 'pipeline: []\n';
  for (const key of ['PLS', 'MSC', 'target:StandardScaler', 'SNV', 'KFold', 'SavitzkyGolay']) {
    const view = readDocument(text, operatorDescriptors);
    text = addAt(text, view, placeFor(entry(key), view.steps, null), newStep(entry(key))).text;
  }
  const { steps } = readDocument(text, operatorDescriptors);
  expect(steps.map(({ role }) => role)).toEqual(['splitter', 'transform', 'target', 'transform', 'transform', 'model']);
  expect(plainAt(text, ['pipeline', 0])).toHaveProperty('KFold');
});

test('a transform goes behind the selected step, but never behind the model', () => {
  const { steps } = readDocument('pipeline: [KFold, SNV, Detrend, PLS]', operatorDescriptors);
  expect(placeFor(entry('MSC'), steps, 1)).toBe(2);
  expect(placeFor(entry('MSC'), steps, 3)).toBe(3);
});

test('a place offers what makes sense there', () => {
  const { steps } = readDocument('pipeline: [KFold, SNV, PLS]', operatorDescriptors);
  const kinds = (at: number) => new Set(validAt(entries, steps, at).map(({ operator }) => operator.kind));
  expect(kinds(1)).toEqual(new Set(['transform', 'filter', 'augmentation']));
  expect(kinds(3)).toEqual(new Set());
  expect(new Set(validAt(entries, [], 0).map(({ operator }) => operator.kind))).toEqual(
    new Set(['transform', 'splitter', 'filter', 'augmentation', 'model']),
  );
});
