import { axisName } from '#renderer/charts/axisName.ts';
import { MOST_FOLD_STYLES } from '#renderer/charts/foldGroups.ts';
import type { PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import { t } from '#renderer/locales/t.ts';
import { leadingGroup } from '#renderer/views/runs/liveCurves.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/**
 * The points that came with the events. Each fold is shown at its own best number of components so far, so no error is
 * computed from them: it would be too small.
 */
export function livePicture(view: RunView): PredictedMeasuredPicture | null {
  const leader = leadingGroup(view);
  const { target = '', targetUnit = null } = view.started ?? {};
  const cells = leader?.cells ?? [];
  const groups = cells.flatMap((cell, k) =>
    cell.status === 'done' && cell.measured.length > 0
      ? [
          {
            name: t('runs.fold', { k: k + 1 }),
            kind: 'fold' as const,
            index: cells.length <= MOST_FOLD_STYLES ? k : 0,
            measured: cell.measured,
            predicted: cell.predicted,
          },
        ]
      : [],
  );
  if (groups.length === 0) return null;
  return {
    groups,
    xName: axisName(t('results.plot.measured', { target }), targetUnit),
    yName: axisName(t('results.plot.predicted', { target }), targetUnit),
    caption: t('runs.predicted.caption', {
      n: groups.reduce((sum, { measured }) => sum + measured.length, 0),
      folds: groups.length,
      of: cells.length,
    }),
    line: null,
    focus: null,
  };
}
