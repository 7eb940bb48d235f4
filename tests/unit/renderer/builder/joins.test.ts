import { expect, test } from 'vitest';
import { metaSources, mergeOf } from '#renderer/builder/joins.ts';
import { combineEntries } from '#renderer/builder/combineEntries.ts';
import { paletteEntries } from '#renderer/builder/paletteEntries.ts';
import { levelsIn, placeFor, refusalAt, validAt } from '#renderer/builder/placement.ts';
import { readDocument } from '#renderer/builder/readDocument.ts';
import { lanesOf } from '#renderer/builder/stepView.ts';
import type { StepView } from '#renderer/builder/stepView.ts';
import { operatorDescriptors } from '#tests/support/operatorDescriptors.ts';

const read = (pipeline: string): readonly StepView[] =>
  readDocument(`pipeline: [${pipeline}]`, operatorDescriptors).steps;
const sources = (pipeline: string): unknown => {
  const steps = read(pipeline);
  return metaSources(steps, steps.length - 1)?.map(({ lane, models }) => `${lane}: ${models.join(', ')}`) ?? null;
};

test('a meta-model says whose predictions it gets', () => {
  expect(sources('{branch: [[SNV, PLS], [{model: Ridge, name: plain}]]}, {merge: predictions}, Lasso')).toEqual([
    'A: PLS',
    'B: plain',
  ]);
  expect(sources('{branch: {a: [PLS], b: [SVR, Ridge]}}, {merge: {predictions: [b]}}, Lasso')).toEqual([
    'b: SVR, Ridge regression',
  ]);
  // A lane that is a stack itself gives what its own meta-model says.
  expect(sources('{branch: [[{branch: [PLS, SVR]}, {merge: predictions}, Ridge], PLS]}, {merge: all}, Lasso')).toEqual([
    'A: Ridge regression',
    'B: PLS',
  ]);
  expect(sources('{branch: [[SNV], [MSC]]}, PLS, {merge: predictions}, Ridge')).toEqual(['A: PLS', 'B: PLS']);
  expect(sources('{branch: {by_metadata: site, steps: [SNV, PLS]}}, {merge: concat}, Ridge')).toEqual(['A: PLS']);
  expect(sources('{branch: [[], []]}, {merge: predictions}, Ridge')).toEqual([]);
});

test('a model that gets spectra is no meta-model', () => {
  for (const pipeline of [
    'SNV, PLS',
    '{branch: [[SNV], [MSC]]}, PLS',
    '{branch: [[SNV], [MSC]]}, {merge: features}, PLS',
    '{branch: [PLS, SVR]}, {merge: predictions}, Ridge, Lasso',
  ])
    expect(sources(pipeline)).toBeNull();
});

test('a merge belongs to the branch before it', () => {
  const steps = read('{branch: [[SNV], [MSC]]}, {branch: [PLS, SVR]}, StandardScaler, {merge: predictions}, Ridge');
  expect([mergeOf(steps, 0), mergeOf(steps, 1)]).toEqual([null, 3]);
});

test('no place for a model between a merge of predictions and its meta-model', () => {
  const stack = read('KFold, {branch: [PLS, SVR]}, {merge: predictions}, StandardScaler, Ridge');
  expect([3, 4, 5].map((at) => refusalAt('model', stack, at, 0))).toEqual(['model', 'model', 'model']);
  expect(refusalAt('transform', stack, 3, 0)).toBeNull();
  expect(refusalAt('model', stack.slice(0, 4), 4, 0)).toBeNull();
  expect(refusalAt('splitter', lanesOf(stack[1] ?? expect.fail())[0]?.steps ?? [], 0, 1)).toBe('splitter');
  expect(refusalAt('merge', stack, 0, 0)).toBe('merge');
  expect(refusalAt('merge', read('{branch: [PLS, SVR]}, Ridge'), 1, 0)).toBeNull();
});

test('branches are nested three levels at most', () => {
  const [two] = read('{branch: [[{branch: [PLS, SVR]}], [Ridge]]}');
  const levels = levelsIn(two ?? expect.fail());
  expect(levels).toBe(2);
  expect([0, 1, 2].map((depth) => refusalAt('branch', [], 0, depth, levels))).toEqual([null, null, 'deep']);
});

test('the palette offers what can stand at a place', () => {
  const entries = [...paletteEntries(operatorDescriptors), ...combineEntries(['site'])];
  const groups = (pipeline: string, at: number, depth = 0): string[] => [
    ...new Set(validAt(entries, read(pipeline), at, depth).map(({ group }) => group)),
  ];
  expect(groups('SNV', 1)).toContain('combine');
  expect(groups('SNV', 1, 1)).not.toContain('split');
  expect(groups('SNV', 1, 3)).not.toContain('combine');
  expect(groups('{branch: [PLS, SVR]}', 1)).toEqual([]);
  expect(groups('{branch: [[SNV], [MSC]]}', 1)).toContain('regression');
  expect(groups('{branch: [PLS, SVR]}, {merge: predictions}', 2)).toContain('regression');
  expect(groups('{branch: [PLS, SVR]}, {merge: predictions}, Ridge', 2)).not.toContain('regression');
  const snv = entries.find(({ key }) => key === 'SNV') ?? expect.fail();
  expect(placeFor(snv, read('KFold, {branch: [PLS, SVR]}, {merge: predictions}, Ridge'), null)).toBe(1);
});
