import { expect, test } from 'vitest';
import { FINAL_COLUMNS, treeColumns } from '#renderer/views/results/treeColumns.ts';

test('a narrow tree gives up figures of cross-validation, never RMSECV and never the final band', () => {
  const all = treeColumns(2000).cv.map(({ key }) => key);
  const few = treeColumns(300).cv.map(({ key }) => key);
  expect(all).toEqual(['rmsecv', 'se', 'r2', 'bias', 'lv', 'mean', 'n']);
  expect(few).toEqual(['rmsecv', 'se', 'lv']);
  expect(FINAL_COLUMNS.map(({ key }) => key)).toEqual(['rmsec', 'rmsep', 'nTest']);
});

test('no figure belongs to both bands', () => {
  const final = FINAL_COLUMNS.map(({ key }) => key);
  expect(treeColumns(2000).cv.some(({ key }) => final.includes(key))).toBe(false);
});
