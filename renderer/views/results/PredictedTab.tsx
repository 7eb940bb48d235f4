import { Box, Chip, Skeleton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useMemo } from 'react';
import { PredictedMeasuredPlot } from '#renderer/charts/PredictedMeasuredPlot.tsx';
import { predictedPicture } from '#renderer/charts/predictedPicture.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { t } from '#renderer/locales/t.ts';
import { useResultsState } from '#renderer/views/results/resultsState.ts';
import type { PartitionToggle } from '#renderer/views/results/resultsState.ts';
import { foldNumber } from '#renderer/views/results/treeRows.ts';
import { usePredictedGroups } from '#renderer/views/results/usePredictedGroups.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

const KINDS: readonly PartitionToggle[] = ['cv', 'train', 'test'];

/** Predicted against measured values, held-out, training and test samples on request. */
export function PredictedTab({ run, variant }: DetailProps) {
  const { shown, fold, set } = useResultsState();
  const { status, message, groups, reload } = usePredictedGroups({ run, variant });
  const focus = fold === null ? null : t('runs.fold', { k: foldNumber(fold) + 1 });
  const visible = useMemo(
    () => KINDS.filter((kind) => shown.includes(kind)).flatMap((kind) => groups[kind]),
    [groups, shown],
  );
  const picture = useMemo(
    () => predictedPicture(visible, { target: run.target, unit: run.result?.targetUnit ?? null, focus }),
    [visible, run, focus],
  );
  if (status === 'failed') return <ErrorNotice message={message} onRetry={reload} />;
  if (status === 'loading') return <Skeleton variant="rectangular" height={360} />;
  return (
    <Box sx={{ height: '100%', minHeight: 320, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <ToggleButtonGroup
          value={[...shown]}
          aria-label={t('results.show')}
          onChange={(_, value: PartitionToggle[]) => {
            set({ shown: value });
          }}
        >
          {KINDS.map((kind) => (
            <ToggleButton key={kind} value={kind} disabled={groups[kind].length === 0} data-testid={`show-${kind}`}>
              {t(`results.show.${kind}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {focus !== null && (
          <Chip
            label={t('results.only', { fold: focus })}
            onDelete={() => {
              set({ fold: null });
            }}
          />
        )}
        {groups.train.length === 0 && (
          <Typography variant="caption" color="text.secondary">
            {t('results.onlyChosen')}
          </Typography>
        )}
      </Box>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        {visible.length === 0 ? (
          <Typography color="text.secondary" sx={{ p: 2 }}>
            {t('results.showNothing')}
          </Typography>
        ) : (
          <PredictedMeasuredPlot
            picture={picture}
            label={t('results.tab.predicted.full')}
            summary={picture.caption}
            exportName={`${run.name} ${run.target} predicted`}
            testId="predicted-plot"
          />
        )}
      </Box>
    </Box>
  );
}
