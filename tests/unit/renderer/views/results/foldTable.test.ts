import { expect, test } from 'vitest';
import type { FoldScores } from '#core/contract/results.ts';
import { figuresOf, foldCsv, foldRows } from '#renderer/views/results/foldTable.ts';
import { scoresWith } from '#tests/support/scores.ts';

const entry = (fold: string, partition: FoldScores['partition'], rmse: number): FoldScores => ({
  fold,
  partition,
  model: 'PLS',
  scores: scoresWith({ n: 10, rmse }),
});
const all = [
  entry('final', 'train', 0.3),
  entry('w_avg', 'validation', 0.5),
  entry('fold_10', 'validation', 0.7),
  entry('fold_2', 'train', 0.2),
  entry('fold_2', 'validation', 0.6),
  entry('avg', 'validation', 0.55),
  entry('final', 'test', 0.4),
];

test('folds come by number, then the averages, then the final model', () => {
  const rows = foldRows(all);
  expect(rows.map(({ fold }) => fold)).toEqual(['fold_2', 'fold_10', 'avg', 'w_avg', 'final']);
  expect(rows.map(({ name }) => name)[0]).toBe('Fold 3');
  expect(rows[0]?.scores.train?.rmse).toBe(0.2);
  expect(rows.at(-1)?.scores.validation).toBeNull();
  expect(new Set(rows.map(({ about }) => about)).size).toBe(4); // each kind says what it is
});

test('the file has every figure of the task and none of the other', () => {
  const { columns, rows } = foldCsv(foldRows(all), 'regression');
  expect(rows).toHaveLength(all.length);
  expect(columns).toContain('rmse');
  expect(columns).not.toContain('accuracy');
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  expect(figuresOf('classification')).not.toContain('rmse');
});
