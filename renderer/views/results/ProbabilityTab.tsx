import { Box, Skeleton, Typography } from '@mui/material';
import { useCallback, useMemo, useState } from 'react';
import type { Predictions } from '#core/contract/results.ts';
import { probabilityOption, probabilityTable } from '#renderer/charts/probabilityOption.ts';
import type { ProbabilityPicture } from '#renderer/charts/probabilityOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { PartitionChoice } from '#renderer/views/results/PartitionChoice.tsx';
import type { PartitionToggle } from '#renderer/views/results/resultsState.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** How sure the model is of every sample's true class. */
export function ProbabilityTab({ run, variant }: DetailProps) {
  const [of, setOf] = useState<PartitionToggle>('cv');
  const answer = useCall('results.predictions', { runId: run.id, variant: variant.variant, of });
  const picture = useMemo(() => (answer.status === 'ready' ? pictureOf(answer.value) : null), [answer]);
  return (
    <Box sx={{ height: '100%', minHeight: 320, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Box>
        <PartitionChoice value={of} onChange={setOf} />
      </Box>
      {answer.status === 'failed' && (
        <ErrorNotice message={answer.message} details={answer.details} onRetry={answer.reload} />
      )}
      {(answer.status === 'loading' || answer.status === 'idle') && <Skeleton variant="rectangular" height={240} />}
      {answer.status === 'ready' && picture === null && (
        <Typography color="text.secondary" sx={{ p: 2 }}>
          {answer.value === null ? t(`results.samples.none.${of}`) : t('results.probability.none')}
        </Typography>
      )}
      {picture !== null && <Plot picture={picture} exportName={`${run.name} ${run.target} probabilities ${of}`} />}
    </Box>
  );
}

const pictureOf = (predictions: Predictions | null): ProbabilityPicture | null =>
  predictions?.classes && predictions.probabilities
    ? {
        ids: predictions.sampleIds,
        classes: predictions.classes,
        measured: predictions.measured,
        predicted: predictions.predicted,
        probabilities: predictions.probabilities,
      }
    : null;

function Plot({ picture, exportName }: { readonly picture: ProbabilityPicture; readonly exportName: string }) {
  const tokens = useChartTokens();
  const option = useCallback(({ width }: PlotSize) => probabilityOption(picture, width, tokens), [picture, tokens]);
  const wrong = picture.measured.filter((code, k) => code !== picture.predicted[k]).length;
  return (
    <Box sx={{ flex: 1, minHeight: 260 }}>
      <SizedChart
        option={option}
        label={t('results.tab.probability')}
        summary={t('results.probability.summary', { n: picture.ids.length, wrong })}
        table={() => probabilityTable(picture)}
        exportName={exportName}
        height="100%"
        testId="probability-plot"
      />
    </Box>
  );
}
