import { expect, test } from 'vitest';
import { forgetHistory, keepHistory, loadHistory } from '#renderer/builder/historyStorage.ts';
import { edit, startHistory } from '#renderer/builder/textHistory.ts';

test('brings the undo history back after a restart', () => {
  const storage = memory();
  keepHistory('pl_1', edit(edit(startHistory('a'), 'b', null, 0), 'c', null, 1), storage);
  expect(loadHistory('pl_1', 'c', storage)).toEqual({ past: ['a', 'b'], present: 'c', future: [], lastEdit: null });
});

test('does not offer the history of a document that was changed elsewhere', () => {
  const storage = memory();
  keepHistory('pl_1', startHistory('a'), storage);
  expect(loadHistory('pl_1', 'another text', storage)).toBeNull();
  expect(loadHistory('pl_2', 'a', storage)).toBeNull();
});

test('keeps the newest 200 steps and no more than fit', () => {
  const storage = memory();
  let history = startHistory('0');
  for (let k = 1; k <= 300; k++) history = edit(history, String(k), null, k);
  keepHistory('pl_1', history, storage);
  expect(loadHistory('pl_1', '300', storage)?.past).toHaveLength(200);
  expect(loadHistory('pl_1', '300', storage)?.past.at(-1)).toBe('299');

  keepHistory(
    'pl_2',
    { past: ['x'.repeat(390_000), 'y'.repeat(390_000)], present: 'z', future: [], lastEdit: null },
    storage,
  );
  expect(loadHistory('pl_2', 'z', storage)?.past).toEqual(['y'.repeat(390_000)]);
});

test('a full or damaged store costs the history, never an error', () => {
  const full = memory(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  keepHistory('pl_1', startHistory('a'), full);
  expect(loadHistory('pl_1', 'a', full)).toBeNull();

  const damaged = memory();
  damaged.setItem('refract.undo.pl_1', '{"past": [');
  expect(loadHistory('pl_1', 'a', damaged)).toBeNull();
});

test('forgets a removed document', () => {
  const storage = memory();
  keepHistory('pl_1', startHistory('a'), storage);
  forgetHistory('pl_1', storage);
  expect(loadHistory('pl_1', 'a', storage)).toBeNull();
});

function memory(onSet: () => void = () => undefined): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => {
      onSet();
      items.set(key, value);
    },
  };
}
