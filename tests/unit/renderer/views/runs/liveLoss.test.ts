import { expect, test } from 'vitest';
import { liveLoss } from '#renderer/views/runs/liveLoss.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, planned, started } from '#tests/unit/renderer/views/runs/runEvents.ts';

type Body = Parameters<typeof events>[number];
const networks = {
  ...checked,
  groups: [planned(0, { label: 'Ridge' }), planned(1, { label: 'branch A · MLP', base: true, branchPath: ['A'] })],
} as typeof checked;
const epoch = (fold: number | null, at: number, loss: number, group = 1): Body => ({
  type: 'fold.training',
  group,
  fold,
  epoch: at,
  epochs: 50,
  loss,
  validationLoss: fold === null ? null : 2 * loss,
});

test('collects the epochs of every fold of the model that learned last, the refit behind the folds', () => {
  const view = runReducer(
    EMPTY_RUN,
    events(started, networks, epoch(null, 1, 3), epoch(1, 1, 8), epoch(0, 1, 9), epoch(1, 2, 4), epoch(0, 2, 5)),
  );
  const found = liveLoss(view);
  expect(found?.name).toBe('MLP');
  expect(found?.picture.curves.map(({ name }) => name)).toEqual(['Fold 1', 'Fold 2', 'Refit']);
  expect(found?.picture.curves[1]?.points).toEqual([
    { epoch: 1, loss: 8, validation: 16 },
    { epoch: 2, loss: 4, validation: 8 },
  ]);
  expect(view.log.map(({ event }) => event.type)).not.toContain('fold.training');
});

test('an epoch that is trained again takes the place of the first', () => {
  const view = runReducer(EMPTY_RUN, events(started, networks, epoch(0, 1, 9), epoch(0, 2, 5), epoch(0, 1, 7)));
  expect(liveLoss(view)?.picture.curves[0]?.points).toEqual([{ epoch: 1, loss: 7, validation: 14 }]);
});

test('there is no curve where no model learns step by step', () => {
  expect(liveLoss(runReducer(EMPTY_RUN, events(started, networks)))).toBeNull();
});
