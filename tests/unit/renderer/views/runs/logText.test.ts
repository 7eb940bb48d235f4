import { expect, test } from 'vitest';
import { logText } from '#renderer/views/runs/logText.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, started } from '#tests/unit/renderer/views/runs/runEvents.ts';

test('tells events with the names of the settings', () => {
  const all = events(started, checked, fold(1, 0, [12, 3]), {
    type: 'fold.failed',
    group: 0,
    fold: 1,
    message: 'Rank reached.',
  });
  const { groups } = runReducer(EMPTY_RUN, all);
  expect(all.map((event) => logText(event, groups))).toEqual([
    'Started "Fat" with 6 training and 2 test samples',
    'Checked: 2 settings × 2 folds, 5 fits in all',
    'MSC, fold 1: 3 held out, 5 ms',
    'SNV, fold 2 failed: Rank reached.',
  ]);
});
