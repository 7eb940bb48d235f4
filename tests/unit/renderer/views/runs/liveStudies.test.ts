import { expect, test } from 'vitest';
import { cacheTotals } from '#renderer/views/runs/cacheTotals.ts';
import { liveStudies } from '#renderer/views/runs/liveStudies.ts';
import { logText } from '#renderer/views/runs/logText.ts';
import { phaseStates } from '#renderer/views/runs/phaseStates.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, started } from '#tests/unit/renderer/views/runs/runEvents.ts';

const trial = (group: number, fold: number | null, number: number, value: number | null) =>
  ({
    type: 'trial.completed',
    group,
    fold,
    trial: number,
    of: 8,
    params: { n_components: number + 1 },
    value,
    state: value === null ? 'pruned' : 'completed',
    best: value,
    reused: number === 0,
  }) as const;
const layer = { hits: 3, misses: 1, bytes: 1000, secondsSaved: 0.5, evictions: 0 };
const cache = {
  checkBeforeFit: layer,
  fitOnAll: { ...layer, hits: 0, secondsSaved: 0 },
  stateless: layer,
  stepCache: layer,
  crossRun: layer,
};

test('each row of the grid, or each of its folds, is a search with its own best', () => {
  const view = runReducer(
    EMPTY_RUN,
    events(
      started,
      checked,
      trial(0, null, 0, 2.5),
      trial(0, null, 1, 2.1),
      trial(0, null, 2, null),
      trial(1, 0, 0, 3),
      trial(1, 1, 0, null),
    ),
  );
  const studies = liveStudies(view.trials, false);
  expect(studies.map(({ key, trials, best }) => [key, trials.length, best?.trial ?? null])).toEqual([
    ['0/all', 3, 1],
    ['1/0', 1, 0],
    ['1/1', 1, null],
  ]);
  expect(liveStudies(view.trials, true)[0]?.best?.value).toBe(2.5);
  expect(logText(events(trial(0, null, 1, 2.1))[0], view.groups)).toBe('SNV, trial 2 of 8: n_components 2 gives 2.10');
  expect(logText(events(trial(0, null, 2, null))[0], view.groups)).toBe(
    'SNV, trial 3 of 8: n_components 3 stopped early',
  );
});

test('cache counters are taken in without filling the log', () => {
  const view = runReducer(EMPTY_RUN, events(started, checked, { type: 'cache.updated', cache }));
  expect(view.cache).toEqual(cache);
  expect(view.log).toHaveLength(2);
  expect(view.seq).toBe(3);
  expect(cacheTotals(view.cache)).toEqual({ hits: 12, misses: 5, bytes: 5000, secondsSaved: 2, evictions: 0 });
  expect(cacheTotals(null).hits).toBe(0);
});

test('folds that were computed before are marked', () => {
  const reused = { ...fold(0, 0, [12, 3]), reused: true } as ReturnType<typeof fold>;
  const view = runReducer(EMPTY_RUN, events(started, checked, reused, fold(0, 1, [12, 3])));
  expect(view.groups[0].cells.map((cell) => cell.reused)).toEqual([true, false]);
  expect(view.log.map(({ event }) => logText(event, view.groups)).slice(2)).toEqual([
    'SNV, fold 1: 3 held out, computed before',
    'SNV, fold 2: 3 held out, 5 ms',
  ]);
});

test('several refits are one phase: model 2 of 3 at its second step is at four ninths', () => {
  const view = runReducer(
    EMPTY_RUN,
    events(
      started,
      checked,
      { type: 'refit.started', label: 'SNV', nTrain: 6, index: 1, of: 3 },
      { type: 'refit.completed', rmsec: 1, rmsep: 1, nTrain: 6, nTest: 2 },
      { type: 'refit.started', label: 'MSC', nTrain: 6, index: 2, of: 3 },
      { type: 'refit.step', step: 'model', index: 2, of: 3 },
    ),
  );
  expect(view.refit).toMatchObject({ model: 2, models: 3, status: 'running' });
  expect(phaseStates(view, 'running')[3].fraction).toBeCloseTo(4 / 9);
  expect(logText(view.log[4].event, view.groups)).toBe('Refitting model 2 of 3, MSC, on all 6 training samples');
});
