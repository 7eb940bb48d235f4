import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, started, summary } from '#tests/unit/renderer/views/runs/runEvents.ts';

const whole = events(
  started,
  checked,
  { type: 'variant.started', group: 0 },
  fold(0, 0, [12, 3]),
  { type: 'fold.failed', group: 1, fold: 0, message: 'Rank reached.' },
  fold(0, 1, [12, 9]),
  { type: 'variant.completed', group: 0, best: summary(1) },
  fold(1, 1, [27, null]),
  {
    type: 'selection.completed',
    rule: 'best mean',
    winner: summary(1, { selected: true }),
    oneStandardError: null,
    top: [summary(1)],
  },
  { type: 'refit.started', label: 'SNV', nTrain: 6, index: 1, of: 1 },
  { type: 'refit.step', step: 'model', index: 2, of: 3 },
  { type: 'refit.completed', rmsec: 0.3, rmsep: 0.6, nTrain: 6, nTest: 2 },
);

describe('the view of a run', () => {
  test('takes in every event of a run in order', () => {
    const view = runReducer(EMPTY_RUN, whole);
    expect(view.started?.target).toBe('fat');
    expect(view.checked).toEqual({ folds: 2, realFits: 5, cvStrategy: 'KFold(2)' });
    expect(view.groups.map(({ cells }) => cells.map(({ status }) => status))).toEqual([
      ['done', 'done'],
      ['failed', 'done'],
    ]);
    expect(view.groups[0].press).toEqual([24, 12]);
    expect(view.groups[0].n).toBe(6);
    expect(view.groups[1].press[1]).toBeNaN();
    expect(view.groups[1].cells[0].message).toBe('Rank reached.');
    expect(view.selection?.winner.variant).toBe(1);
    expect(view.refit).toMatchObject({ status: 'done', rmsec: 0.3, rmsep: 0.6, nTest: 2 });
    expect(view.warnings).toEqual(['Few samples.']);
    expect(view.log).toHaveLength(whole.length);
    expect(view.seq).toBe(whole.length);
  });

  test('a screen opened in the middle sees the same as one that was there from the start', () => {
    const fromStart = whole.reduce((view, event) => runReducer(view, [event]), EMPTY_RUN);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: whole.length }),
        fc.integer({ min: 0, max: whole.length }),
        (historyEnd, liveStart) => {
          const start = Math.min(liveStart, historyEnd); // live events overlap the history, they never leave a hole
          const view = runReducer(runReducer(EMPTY_RUN, whole.slice(0, historyEnd)), whole.slice(start));
          expect(view).toEqual(fromStart);
        },
      ),
    );
  });

  test('orders a batch by number and takes an event in once', () => {
    const shuffled = [...whole].reverse();
    expect(runReducer(EMPTY_RUN, [...shuffled, ...whole])).toEqual(runReducer(EMPTY_RUN, whole));
  });

  test('does not touch the view it is given', () => {
    const before = runReducer(EMPTY_RUN, whole.slice(0, 3));
    const copy = structuredClone(before);
    runReducer(before, whole.slice(3));
    expect(before).toEqual(copy);
  });

  test('marks the next fold of a row that has begun as running', () => {
    const view = runReducer(EMPTY_RUN, whole.slice(0, 4));
    expect(view.groups[0].cells.map(({ status }) => status)).toEqual(['done', 'running']);
    expect(view.groups[1].cells.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
  });

  test('nothing runs any more after a cancellation', () => {
    const view = runReducer(
      EMPTY_RUN,
      events(
        started,
        checked,
        { type: 'variant.started', group: 0 },
        { type: 'run.cancelled', finishedFolds: 0, ofFolds: 4 },
      ),
    );
    expect(view.status).toBe('cancelled');
    expect(view.cancelled).toEqual({ finishedFolds: 0, ofFolds: 4 });
    expect(view.groups.flatMap(({ cells }) => cells).some(({ status }) => status === 'running')).toBe(false);
  });

  test('a failed refit keeps what cross-validation found', () => {
    const view = runReducer(EMPTY_RUN, [
      ...whole.slice(0, 11),
      { ...whole[11], type: 'refit.failed', message: 'No memory.' } as (typeof whole)[number],
    ]);
    expect(view.refit).toMatchObject({ status: 'failed', message: 'No memory.' });
    expect(view.selection).not.toBeNull();
  });

  test('the total bar never goes back', () => {
    const [first, second] = events(started, checked);
    expect(
      runReducer(EMPTY_RUN, [
        { ...first, fraction: 0.4 },
        { ...second, fraction: 0.1 },
      ]).fraction,
    ).toBe(0.4);
  });

  test('says why a run failed', () => {
    const view = runReducer(
      EMPTY_RUN,
      events(started, { type: 'run.failed', message: 'Every variant failed.', code: 'run.all-failed' }),
    );
    expect(view).toMatchObject({
      status: 'failed',
      failure: { code: 'run.all-failed', message: 'Every variant failed.' },
    });
    expect(view.log.at(-1)?.level).toBe('error');
  });
});
