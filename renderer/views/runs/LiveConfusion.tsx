import { Box, Typography } from '@mui/material';
import { useMemo } from 'react';
import type { ConfusionPicture } from '#renderer/charts/confusionOption.ts';
import { ConfusionPlot } from '#renderer/charts/ConfusionPlot.tsx';
import { formatPercent } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { liveConfusion } from '#renderer/views/runs/liveConfusion.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Held-out samples by measured and predicted class, of the best so far; of the winner as soon as there is one. */
export function LiveConfusion({ view, runId }: { readonly view: RunView; readonly runId: string }) {
  const winner = view.selection?.winner.variant;
  const chosen = useCall('results.confusion', winner === undefined ? null : { runId, variant: winner });
  const answer = chosen.status === 'ready' ? chosen.value : null;
  const picture = useMemo((): (ConfusionPicture & { readonly folds?: number }) | null => {
    const pooled = answer?.matrices.find(({ of }) => of === 'pooled');
    return answer && pooled
      ? { classes: answer.classes, columns: pooled.columns, counts: pooled.counts }
      : liveConfusion(view);
  }, [answer, view]);
  if (!picture)
    return (
      <Typography variant="body2" color="text.secondary" sx={{ p: 2, height: 240 }}>
        {t('runs.confusion.waiting')}
      </Typography>
    );
  const n = picture.counts.flat().reduce((sum, count) => sum + count, 0);
  const right = picture.classes.reduce((sum, _, k) => sum + (picture.counts[k]?.[k] ?? 0), 0);
  const folds = view.groups[0]?.cells.length ?? 0;
  return (
    <Box>
      <ConfusionPlot
        picture={picture}
        label={t('results.confusion.label')}
        exportName={`${view.started?.name ?? 'run'} confusion`}
        height={280}
        testId="live-confusion"
      />
      <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, px: 1 }}>
        {t('runs.confusion.caption', {
          n,
          folds: picture.folds ?? folds,
          of: folds,
          share: formatPercent(n > 0 ? right / n : 0),
        })}
      </Typography>
    </Box>
  );
}
