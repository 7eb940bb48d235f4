import { beforeEach, expect, test } from 'vitest';
import { useBuilder } from '#renderer/builder/builderState.ts';

const state = () => useBuilder.getState();
beforeEach(() => state().close());

test('an edit, undo and redo change the text of the open document', () => {
  state().openText('pipeline: []\n');
  state().change('pipeline: [SNV]\n');
  state().undo();
  expect(state().open?.history.present).toBe('pipeline: []\n');
  state().redo();
  expect(state().open?.history.present).toBe('pipeline: [SNV]\n');
});

test('a new document is unsaved until the workspace answers with its id', () => {
  state().openText('pipeline: []\n');
  expect(state().open).toMatchObject({ id: null, savedText: null });
  const key = state().open?.key ?? -1;
  state().saved(key, 'pl_abcdef', 'pipeline: []\n');
  expect(state().open).toMatchObject({ id: 'pl_abcdef', savedText: 'pipeline: []\n' });
});

test('a late answer about a document that was closed does not touch the next one', () => {
  state().openText('first');
  const key = state().open?.key ?? -1;
  state().openText('second');
  state().saved(key, 'pl_first0', 'first');
  expect(state().open).toMatchObject({ id: null, savedText: null });
});

test('choices for the run are kept one by one', () => {
  state().setRun({ seed: 7 });
  state().setRun({ target: 'fat' });
  expect(state().run).toMatchObject({ seed: 7, target: 'fat' });
});
