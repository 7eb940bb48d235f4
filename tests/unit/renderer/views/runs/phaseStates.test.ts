import { expect, test } from 'vitest';
import { phaseStates } from '#renderer/views/runs/phaseStates.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, started, summary } from '#tests/unit/renderer/views/runs/runEvents.ts';

const inCv = runReducer(EMPTY_RUN, events(started, checked, { type: 'variant.started', group: 0 }, fold(0, 0, [1, 2])));

test('counts finished and failed folds as progress of cross-validation', () => {
  const states = phaseStates(inCv, 'running');
  expect(states.map(({ state }) => state)).toEqual(['done', 'running', 'waiting', 'waiting', 'waiting']);
  expect(states[1].fraction).toBe(0.25);
});

test('says where a run stopped', () => {
  expect(phaseStates(inCv, 'cancelled').map(({ state }) => state)).toEqual([
    'done',
    'stopped',
    'waiting',
    'waiting',
    'waiting',
  ]);
  expect(phaseStates(inCv, 'failed')[1].state).toBe('failed');
  expect(phaseStates(EMPTY_RUN, 'queued').every(({ state }) => state === 'waiting')).toBe(true);
});

test('a failed refit stays visible in a run that was completed', () => {
  const view = runReducer(
    inCv,
    events(
      started,
      checked,
      { type: 'variant.started', group: 0 },
      fold(0, 0, [1, 2]),
      {
        type: 'selection.completed',
        rule: 'best',
        winner: summary(0),
        oneStandardError: null,
        top: [],
      },
      { type: 'refit.failed', message: 'no' },
    ),
  );
  expect(phaseStates(view, 'completed').map(({ state }) => state)).toEqual(['done', 'done', 'done', 'failed', 'done']);
});

test('phases that a pipeline does not need are skipped, not done', () => {
  const view = runReducer(EMPTY_RUN, events(started, { ...checked, folds: 0 } as typeof checked));
  expect(phaseStates(view, 'completed').map(({ state }) => state)).toEqual([
    'done',
    'skipped',
    'skipped',
    'skipped',
    'done',
  ]);
});
