import { Box, Typography } from '@mui/material';
import { useMemo } from 'react';
import { foldGroups } from '#renderer/charts/foldGroups.ts';
import { PredictedMeasuredPlot } from '#renderer/charts/PredictedMeasuredPlot.tsx';
import { predictedPicture } from '#renderer/charts/predictedPicture.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { livePicture } from '#renderer/views/runs/livePicture.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Held-out samples of the best so far, fold by fold; of the winner as soon as there is one. */
export function LivePredicted({ view, runId }: { readonly view: RunView; readonly runId: string }) {
  const winner = view.selection?.winner.variant;
  const chosen = useCall('results.predictions', winner === undefined ? null : { runId, variant: winner, of: 'cv' });
  const predictions = chosen.status === 'ready' ? chosen.value : null;
  const { target = '', targetUnit = null } = view.started ?? {};
  const picture = useMemo(
    () =>
      predictions
        ? predictedPicture(foldGroups(predictions), { target, unit: targetUnit, focus: null })
        : livePicture(view),
    [predictions, view, target, targetUnit],
  );
  if (!picture)
    return (
      <Typography variant="body2" color="text.secondary" sx={{ p: 2, height: 240 }}>
        {t(view.groups.some(({ base }) => base) ? 'runs.predicted.waitingStack' : 'runs.predicted.waiting')}
      </Typography>
    );
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
