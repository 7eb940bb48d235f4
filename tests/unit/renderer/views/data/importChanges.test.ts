import { expect, test } from 'vitest';
import { applyPatch, changeColumn, changeFile, isChosen } from '#renderer/views/data/importChanges.ts';

test('changes of one file leave those of others alone', () => {
  const first = changeFile({}, 'X.csv', { separator: ';' });
  const both = changeFile(changeFile(first, 'Y.csv', { decimal: ',' }), 'X.csv', { decimal: '.' });
  expect(both.files).toEqual({ 'X.csv': { separator: ';', decimal: '.' }, 'Y.csv': { decimal: ',' } });
  expect(first.files).toEqual({ 'X.csv': { separator: ';' } });
});

test('columns are named by their place', () => {
  const changes = changeColumn(changeColumn({}, 'X.csv', 1, 'id'), 'X.csv', 3, 'ignore');
  expect(changes.files?.['X.csv']?.columns).toEqual({ '#1': 'id', '#3': 'ignore' });
});

test('the answer to a question is added to what was decided before', () => {
  const answered = applyPatch(
    { name: 'meat', files: { 'Y.csv': { separator: ';' } } },
    { files: { 'Y.csv': { decimal: ',' } } },
  );
  expect(answered).toEqual({ name: 'meat', files: { 'Y.csv': { separator: ';', decimal: ',' } } });
  expect(isChosen(answered, 'Y.csv', 'decimal')).toBe(true);
  expect(isChosen(answered, 'X.csv', 'decimal')).toBe(false);
});
