import { expect, test } from 'vitest';
import { HISTORY_PAGE } from '#core/contract/historyPage.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { takeHistory } from '#renderer/views/runs/takeHistory.ts';
import { events, started } from '#tests/unit/renderer/views/runs/runEvents.ts';

const all = events(
  started,
  ...Array.from({ length: 2 * HISTORY_PAGE + 9 }, (_, k) => ({
    type: 'refit.progress' as const,
    message: `step ${k}`,
  })),
);
const asked: number[] = [];
const ask = (after: number) => {
  asked.push(after);
  return Promise.resolve(all.filter(({ seq }) => seq > after).slice(0, HISTORY_PAGE));
};

test('a long history is taken page by page, and gives the view of the whole', async () => {
  asked.length = 0;
  const view = await takeHistory(EMPTY_RUN, ask, () => true);
  expect(view).toEqual(runReducer(EMPTY_RUN, all));
  expect(asked).toEqual([0, HISTORY_PAGE, 2 * HISTORY_PAGE]);
});

test('nobody who has left is served any further', async () => {
  asked.length = 0;
  await takeHistory(EMPTY_RUN, ask, () => false);
  expect(asked).toEqual([0]);
});

test('a history of exactly one page ends with an empty one', async () => {
  const page = all.slice(0, HISTORY_PAGE);
  const view = await takeHistory(
    EMPTY_RUN,
    (after) => Promise.resolve(after === 0 ? page : []),
    () => true,
  );
  expect(view.seq).toBe(HISTORY_PAGE);
});
