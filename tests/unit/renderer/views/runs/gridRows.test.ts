import { expect, test } from 'vitest';
import { groupFigures, pooledCurve, trainingCurve } from '#renderer/views/runs/groupFigures.ts';
import { gridLines, gridRows, inkOf, scoreExtent } from '#renderer/views/runs/gridRows.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, planned, started, summary } from '#tests/unit/renderer/views/runs/runEvents.ts';

const groupsAfter = (...folds: ReturnType<typeof fold>[]) =>
  runReducer(EMPTY_RUN, events(started, checked, ...folds)).groups;

test('pools squared errors over folds of different size', () => {
  const [group] = groupsAfter(fold(0, 0, [4, 9], 1), fold(0, 1, [5, 0], 8));
  expect(pooledCurve(group)).toEqual([1, 1]);
  expect(trainingCurve(group)).toEqual([Math.sqrt(4.5 / 9), Math.sqrt(4.5 / 9)]);
});

test('a path value that a fold could not reach has no pooled figure and is not chosen', () => {
  const [group] = groupsAfter(fold(0, 0, [12, 3]), fold(0, 1, [12, null]));
  expect(pooledCurve(group)).toEqual([2, null]);
  expect(groupFigures(group, false)).toMatchObject({ at: 0, rmsecv: 2, finished: 2, failed: 0 });
});

test('rows stand in the order of their means, rows without a fold last', () => {
  const groups = groupsAfter(fold(1, 0, [27, 3]));
  const rows = gridRows(groups, false);
  expect(rows.map(({ group }) => group.label)).toEqual(['MSC', 'SNV']);
  expect(rows.map(({ best }) => best)).toEqual([true, false]);
  expect(rows[0].figures).toMatchObject({ at: 1, mean: 1 });
});

test('a lucky first fold does not beat a row that has finished', () => {
  const rows = gridRows(groupsAfter(fold(0, 0, [12, 12]), fold(0, 1, [12, 12]), fold(1, 0, [3, 3])), false);
  expect(rows.map(({ group }) => group.label)).toEqual(['MSC', 'SNV']);
  expect(rows.find(({ best }) => best)?.group.label).toBe('SNV');
});

test('with a metric like R² the larger mean comes first', () => {
  const groups = groupsAfter(fold(0, 0, [3, 3]), fold(1, 0, [12, 12]));
  expect(gridRows(groups, true).map(({ group }) => group.label)).toEqual(['MSC', 'SNV']);
});

test('after the choice the chosen row leads, at the chosen setting', () => {
  const groups = groupsAfter(fold(0, 0, [3, 2.9]), fold(1, 0, [0.1, 0.1]));
  const rows = gridRows(groups, false, summary(0));
  const chosen = rows.find(({ best }) => best);
  expect(chosen?.group.group).toBe(0);
  expect(chosen?.figures.at).toBe(0);
});

test('shades run from the worst to the best cell', () => {
  const rows = gridRows(groupsAfter(fold(0, 0, [12, 12]), fold(0, 1, [3, 3])), false);
  const extent = scoreExtent(rows);
  expect(extent).toEqual({ low: 1, high: 2 });
  expect(inkOf(1, { low: 1, high: 2 }, false)).toBe(1);
  expect(inkOf(1, { low: 1, high: 2 }, true)).toBe(0);
  expect(inkOf(1, { low: 1, high: 1 }, false)).toBe(0.5);
  expect(scoreExtent(gridRows(groupsAfter(), false))).toBeNull();
});

test('base models stand below what competes, by branch, and are never the best', () => {
  const stack = {
    ...checked,
    groups: [
      planned(0, { label: 'Ridge' }),
      planned(1, { label: 'branch A · PLS', base: true, branchPath: ['A'] }),
      planned(2, { label: 'branch B · PLS', base: true, branchPath: ['B'] }),
      planned(3, { label: 'branch A · Lasso', base: true, branchPath: ['A'] }),
    ],
  } as typeof checked;
  const { groups } = runReducer(EMPTY_RUN, events(started, stack, fold(2, 0, [3]), fold(0, 0, [27]), fold(1, 0, [12])));
  const rows = gridRows(groups, false);
  expect(rows.filter(({ best }) => best).map(({ group }) => group.label)).toEqual(['Ridge']);
  const lines = gridLines(rows).map((line) =>
    line.kind === 'branch' ? `${line.path.join()}: ${line.models}` : line.row.group.label,
  );
  expect(lines).toEqual(['Ridge', 'A: 2', 'branch A · PLS', 'branch A · Lasso', 'B: 1', 'branch B · PLS']);
});

test('while base models are computed nothing is the best yet', () => {
  const stack = { ...checked, groups: [planned(0), planned(1, { base: true })] } as typeof checked;
  const { groups } = runReducer(EMPTY_RUN, events(started, stack, fold(1, 0, [3])));
  expect(gridRows(groups, false).some(({ best }) => best)).toBe(false);
});
