import { Box, Typography } from '@mui/material';
import { useMemo } from 'react';
import { axisName } from '#renderer/charts/axisName.ts';
import { foldGroups, MOST_FOLD_STYLES } from '#renderer/charts/foldGroups.ts';
import { PredictedMeasuredPlot } from '#renderer/charts/PredictedMeasuredPlot.tsx';
import type { PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import { predictedPicture } from '#renderer/charts/predictedPicture.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { leadingGroup } from '#renderer/views/runs/liveCurves.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Held-out samples of the best so far, fold by fold; of the winner as soon as there is one. */
export function LivePredicted({ view, runId }: { readonly view: RunView; readonly runId: string }) {
  const winner = view.selection?.winner.variant;
  const chosen = useCall('results.predictions', winner === undefined ? null : { runId, variant: winner, of: 'cv' });
  const predictions = chosen.status === 'ready' ? chosen.value : null;
  const { target = '', targetUnit = null } = view.started ?? {};
  const picture = useMemo(
    () => (predictions ? predictedPicture(foldGroups(predictions), { target, unit: targetUnit, focus: null }) : livePicture(view)),
    [predictions, view, target, targetUnit],
  );
  if (!picture)
    return <Typography variant="body2" color="text.secondary" sx={{ p: 2, height: 240 }}>{t('runs.predicted.waiting')}</Typography>;
  return (
    <Box sx={{ height: 304 }}>
      <PredictedMeasuredPlot
        picture={picture}
        label={t('runs.predicted.title')}
        summary={picture.caption}
        exportName={`${view.started?.name ?? 'run'} predicted`}
        testId="live-predicted"
      />
    </Box>
  );
}

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
      ? [{ name: t('runs.fold', { k: k + 1 }), kind: 'fold' as const, index: cells.length <= MOST_FOLD_STYLES ? k : 0, measured: cell.measured, predicted: cell.predicted }]
      : [],
  );
  if (groups.length === 0) return null;
  return {
    groups,
    xName: axisName(t('results.plot.measured', { target }), targetUnit),
    yName: axisName(t('results.plot.predicted', { target }), targetUnit),
    caption: t('runs.predicted.caption', { n: groups.reduce((sum, { measured }) => sum + measured.length, 0), folds: groups.length, of: cells.length }),
    line: null,
    focus: null,
  };
}
