import { describe, expect, test } from 'vitest';
import { treeColumns } from '#renderer/views/results/treeColumns.ts';

const keys = (columns: readonly { readonly key: string }[]): string[] => columns.map(({ key }) => key);

describe('the columns of the results', () => {
  test('a narrow tree gives up figures of cross-validation, never the main one and never the final band', () => {
    const regression = treeColumns(2000, 'regression');
    expect(keys(regression.cv)).toEqual(['rmsecv', 'score', 'se', 'r2', 'bias', 'lv', 'n']);
    expect(keys(treeColumns(300, 'regression').cv)).toEqual(['rmsecv', 'lv']);
    expect(keys(treeColumns(300, 'regression').final)).toEqual(['rmsec', 'rmsep', 'nTest']);
    const classes = treeColumns(2000, 'classification');
    expect(keys(classes.cv)).toEqual(['balanced', 'score', 'se', 'accuracy', 'f1', 'mcc', 'lv', 'n']);
    expect(keys(treeColumns(300, 'classification').cv)).toEqual(['balanced', 'lv']);
    expect(keys(treeColumns(300, 'classification').final)).toEqual(['train', 'test', 'nTest']);
  });

  test('no figure belongs to both bands', () => {
    for (const task of ['regression', 'classification'] as const) {
      const { cv, final } = treeColumns(2000, task);
      expect(keys(cv).filter((key) => keys(final).includes(key))).toEqual([]);
    }
  });

  test('a column of errors has room for eight characters, as 0.000674 has', () => {
    const characterPx = 7.2; // JetBrains Mono at the size of the tree
    const { cv, final } = treeColumns(2000, 'regression');
    const errors = [...cv, ...final].filter(({ key }) =>
      ['rmsecv', 'se', 'bias', 'score', 'rmsec', 'rmsep'].includes(key),
    );
    expect(errors).toHaveLength(6);
    for (const { width } of errors) expect(width).toBeGreaterThanOrEqual(8 * characterPx);
  });
});
