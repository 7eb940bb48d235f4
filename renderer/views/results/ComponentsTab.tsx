import { Box, Skeleton, Typography } from '@mui/material';
import { useCallback, useMemo } from 'react';
import type { ComponentCurve } from '#core/contract/results.ts';
import { rmsecvOption } from '#renderer/charts/rmsecvOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { rmsecvTable } from '#renderer/charts/rmsecvTable.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';
import { componentPicture } from '#renderer/views/results/componentPicture.ts';
import { VariantsPlot } from '#renderer/views/results/VariantsPlot.tsx';

/** RMSECV against the number of components for this variant's settings; all variants side by side where none is swept. */
export function ComponentsTab({ run, variant }: DetailProps) {
  const curve = useCall('results.components', { runId: run.id, variant: variant.variant });
  if (curve.status === 'failed')
    return <ErrorNotice message={curve.message} details={curve.details} onRetry={curve.reload} />;
  if (curve.status !== 'ready') return <Skeleton variant="rectangular" height={360} />;
  if (curve.value === null) return <VariantsPlot run={run} />;
  return <CurvePlot run={run} variant={variant} curve={curve.value} />;
}

function CurvePlot({ run, variant, curve }: DetailProps & { readonly curve: ComponentCurve }) {
  const tokens = useChartTokens();
  const picture = useMemo(() => componentPicture(curve, run.result?.targetUnit ?? null), [curve, run.result]);
  const option = useCallback(({ width }: PlotSize) => rmsecvOption(picture, width, tokens), [picture, tokens]);
  const { minimum, oneStandardError } = picture;
  const chosen = variant.selected ? picture.minimum : null;
  return (
    <Box sx={{ height: '100%', minHeight: 320, display: 'flex', flexDirection: 'column' }}>
      <Box sx={{ flex: 1, minHeight: 280, maxHeight: 520 }}>
        <SizedChart
          option={option}
          label={t('results.tab.components')}
          summary={
            minimum
              ? t('results.components.summary', {
                  from: curve.values[0] ?? 0,
                  to: curve.values.at(-1) ?? 0,
                  at: minimum.x,
                  rmsecv: formatScore(minimum.y),
                })
              : ''
          }
          table={() => rmsecvTable(picture)}
          exportName={`${run.name} ${run.target} components`}
          height="100%"
          testId="components-plot"
        />
      </Box>
      <Typography variant="caption" color="text.secondary">
        {minimum && t('results.components.minimumText', { at: minimum.x, rmsecv: formatScore(minimum.y) })}{' '}
        {oneStandardError &&
          t('results.components.oneSeText', { at: oneStandardError.x, rmsecv: formatScore(oneStandardError.y) })}{' '}
        {chosen === null ? '' : t('results.components.chosenText')}
      </Typography>
    </Box>
  );
}
