import { Box, Typography } from '@mui/material';
import { useMemo } from 'react';
import { axisName } from '#renderer/charts/axisName.ts';
import { PredictedMeasuredPlot } from '#renderer/charts/PredictedMeasuredPlot.tsx';
import { agreementOf } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import { formatNumber, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { leadingGroup } from '#renderer/views/runs/liveCurves.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Beyond this number of folds colours and shapes would repeat: one look for all. */
const MOST_FOLD_STYLES = 10;

/** Held-out samples of the best so far; the points appear fold by fold. */
export function LivePredicted({ view }: { readonly view: RunView }) {
  const picture = useMemo(() => livePicture(view), [view]);
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

export function livePicture(view: RunView): PredictedMeasuredPicture | null {
  const leader = leadingGroup(view);
  const { target = '', targetUnit = null } = view.started ?? {};
  const groups = (leader?.cells ?? []).flatMap((cell, k) =>
    cell.status === 'done' && cell.measured.length > 0
      ? [{ name: t('runs.fold', { k: k + 1 }), kind: 'fold' as const, index: k, measured: cell.measured, predicted: cell.predicted }]
      : [],
  );
  if (groups.length === 0 || !leader) return null;
  const all = agreementOf(groups);
  const styled = leader.cells.length <= MOST_FOLD_STYLES ? groups : groups.map((group) => ({ ...group, index: 0 }));
  return {
    groups: styled,
    xName: axisName(t('results.plot.measured', { target }), targetUnit),
    yName: axisName(t('results.plot.predicted', { target }), targetUnit),
    caption: t('runs.predicted.caption', { n: all.n, rmse: formatScore(all.rmse), r2: formatNumber(all.r2, { decimals: 3 }) }),
    line: null,
    focus: null,
  };
}
