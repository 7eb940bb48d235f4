import { expect, test } from 'vitest';
import { liveConfusion } from '#renderer/views/runs/liveConfusion.ts';
import { liveCurves } from '#renderer/views/runs/liveCurves.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, started } from '#tests/unit/renderer/views/runs/runEvents.ts';

const classes = {
  ...started,
  metric: 'balancedAccuracy',
  task: 'classification',
  classes: ['red', 'green'],
} as typeof started;
const classFold = (group: number, number: number, scores: (number | null)[], predicted: number[]) =>
  ({
    ...fold(group, number, [null, null]),
    scores,
    measured: Float64Array.of(0, 0, 1),
    predicted: Float64Array.from(predicted),
  }) as ReturnType<typeof fold>;

test('counts the held-out samples of the leading row over its finished folds', () => {
  const view = runReducer(
    EMPTY_RUN,
    events(classes, checked, classFold(0, 0, [0.5, 0.75], [0, 1, 1]), classFold(1, 0, [0.9, 0.8], [0, 0, 1])),
  );
  expect(liveConfusion(view)).toEqual({
    classes: ['red', 'green'],
    columns: ['red', 'green'],
    counts: [
      [2, 0],
      [0, 1],
    ],
    folds: 1,
  });
});

test('predictions outside all classes get a column of their own', () => {
  const view = runReducer(EMPTY_RUN, events(classes, checked, classFold(0, 0, [0.5, 0.5], [0, -1, 1])));
  expect(liveConfusion(view)?.columns).toEqual(['red', 'green', 'none of them']);
  expect(liveConfusion(view)?.counts).toEqual([
    [1, 0, 1],
    [0, 1, 0],
  ]);
});

test('there is nothing to count in a calibration, nor before the first fold', () => {
  expect(liveConfusion(runReducer(EMPTY_RUN, events(classes, checked)))).toBeNull();
  expect(liveConfusion(runReducer(EMPTY_RUN, events(started, checked, fold(0, 0, [12, 3]))))).toBeNull();
});

test('the live curve of a classification is the mean score, and its best is the highest', () => {
  const view = runReducer(
    EMPTY_RUN,
    events(classes, checked, classFold(0, 0, [0.5, 0.75], [0, 1, 1]), classFold(0, 1, [0.7, 0.85], [0, 0, 1])),
  );
  const picture = liveCurves(view);
  expect(picture?.curves[0].rmsecv[1]).toBeCloseTo(0.8);
  expect(picture?.minimum?.x).toBe(2);
  expect(picture?.higherIsBetter).toBe(true);
  expect(picture?.yName).toBe('Balanced accuracy');
});
