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

test('a column of errors has room for eight characters, as 0.000674 has', () => {
  const characterPx = 7.2; // JetBrains Mono at the size of the tree
  const errors = [...treeColumns(2000).cv, ...FINAL_COLUMNS].filter(({ key }) =>
    ['rmsecv', 'se', 'bias', 'mean', 'rmsec', 'rmsep'].includes(key),
  );
  expect(errors).toHaveLength(6);
  for (const { width } of errors) expect(width).toBeGreaterThanOrEqual(8 * characterPx);
});
