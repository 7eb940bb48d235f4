import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edit, redo, startHistory, undo } from '#renderer/builder/textHistory.ts';

test('undoes every edit of any session back to the start, and redoes it to the end', () => {
  const edits = fc.array(fc.string(), { minLength: 1, maxLength: 500 });
  fc.assert(
    fc.property(fc.string(), edits, (start, texts) => {
      let history = startHistory(start);
      texts.forEach((text, k) => (history = edit(history, text, null, k * 10_000)));
      const end = history.present;
      while (history.past.length > 0) history = undo(history);
      expect(history.present).toBe(start);
      while (history.future.length > 0) history = redo(history);
      expect(history.present).toBe(end);
    }),
  );
});

test('typing within a moment is one step, a pause or another place starts the next', () => {
  let history = startHistory('');
  history = edit(history, 'a', 'text', 0);
  history = edit(history, 'ab', 'text', 100);
  history = edit(history, 'abc', 'window', 200);
  history = edit(history, 'abcd', 'window', 5000);
  expect(history.past).toEqual(['', 'ab', 'abc']);
});

test('an edit after an undo forgets what could be redone; an edit without change does not', () => {
  const history = undo(edit(startHistory('a'), 'b', null, 0));
  expect(redo(edit(history, 'a', null, 1)).present).toBe('b');
  expect(edit(history, 'c', null, 1).future).toEqual([]);
});

test('undo at the start and redo at the end change nothing', () => {
  const history = startHistory('a');
  expect(undo(history)).toBe(history);
  expect(redo(history)).toBe(history);
});
