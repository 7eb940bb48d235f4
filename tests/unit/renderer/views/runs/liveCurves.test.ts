import { expect, test } from 'vitest';
import { leadingGroup, liveCurves } from '#renderer/views/runs/liveCurves.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import { checked, events, fold, planned, started, summary } from '#tests/unit/renderer/views/runs/runEvents.ts';

const during = runReducer(EMPTY_RUN, events(started, checked, fold(0, 0, [12, 3]), fold(1, 0, [27, 12])));

test('draws the leading curve first, with its training error and its lowest point', () => {
  const picture = liveCurves(during);
  expect(picture?.curves.map(({ name }) => name)).toEqual(['SNV', 'MSC']);
  expect(picture?.curves[0].rmsecv).toEqual([2, 1]);
  expect(picture?.training).toEqual([Math.SQRT2, Math.sqrt(0.5)]);
  expect(picture?.minimum).toEqual({ x: 2, y: 1 });
  expect(picture?.oneStandardError).toBeNull();
  expect(picture?.xName).toBe('Latent variables');
  expect(picture?.yName).toBe('RMSECV / %');
});

test('marks what selection chose, also where it is not the lowest', () => {
  const view = runReducer(during, [
    ...events(started, checked, fold(0, 0, [12, 3]), fold(1, 0, [27, 12]), {
      type: 'selection.completed',
      rule: 'best',
      winner: summary(1),
      oneStandardError: { variant: 0, label: 'SNV', params: {}, score: 2 },
      top: [],
    }),
  ]);
  expect(liveCurves(view)?.minimum).toEqual({ x: 2, y: 1 });
  expect(liveCurves(view)?.oneStandardError).toEqual({ x: 1, y: 2 });
});

test('there is no curve before the first fold, nor without a sweep', () => {
  expect(liveCurves(EMPTY_RUN)).toBeNull();
  const single = {
    ...checked,
    groups: [planned(0, { label: 'SNV', model: 'Ridge', pathParam: null, pathValues: [] })],
  } as typeof checked;
  const view = runReducer(EMPTY_RUN, events(started, single, fold(0, 0, [12])));
  expect(liveCurves(view)).toBeNull();
  expect(leadingGroup(view)?.label).toBe('SNV');
});
