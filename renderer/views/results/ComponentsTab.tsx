import { Box, Skeleton, Typography } from '@mui/material';
import { useCallback, useMemo } from 'react';
import type { ComponentCurve } from '#core/contract/results.ts';
import type { RmsecvMark } from '#renderer/charts/rmsecvOption.ts';
import { rmsecvOption } from '#renderer/charts/rmsecvOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { rmsecvTable } from '#renderer/charts/rmsecvTable.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
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
  const isClassification = run.result?.task === 'classification';
  const metric = useMemo(() => runMetric(run.result?.metric ?? 'rmse'), [run.result]);
  const picture = useMemo(
    () => componentPicture(curve, { unit: run.result?.targetUnit ?? null, isClassification, metric }),
    [curve, run.result, isClassification, metric],
  );
  const option = useCallback(({ width }: PlotSize) => rmsecvOption(picture, width, tokens), [picture, tokens]);
  const { minimum, oneStandardError } = picture;
  const range = { from: curve.values[0] ?? 0, to: curve.values.at(-1) ?? 0 };
  const score = metric.title;
  const summary =
    minimum === null
      ? ''
      : isClassification
        ? t('results.components.scoreSummary', { ...range, score, at: minimum.x, value: formatScore(minimum.y) })
        : t('results.components.summary', { ...range, at: minimum.x, rmsecv: formatScore(minimum.y) });
  return (
    <Box sx={{ height: '100%', minHeight: 320, display: 'flex', flexDirection: 'column' }}>
      <Box sx={{ flex: 1, minHeight: 280, maxHeight: 520 }}>
        <SizedChart
          option={option}
          label={t('results.tab.components')}
          summary={summary}
          table={() => rmsecvTable(picture)}
          exportName={`${run.name} ${run.target} components`}
          height="100%"
          testId="components-plot"
        />
      </Box>
      <Typography variant="caption" color="text.secondary">
        {minimum && bestText(minimum, isClassification, score)}{' '}
        {oneStandardError && oneSeText(oneStandardError, isClassification, score)}{' '}
        {variant.selected && minimum ? t('results.components.chosenText') : ''}
      </Typography>
    </Box>
  );
}

const bestText = ({ x: at, y }: RmsecvMark, isClassification: boolean, score: string): string =>
  isClassification
    ? t('results.components.bestText', { at, score, value: formatScore(y) })
    : t('results.components.minimumText', { at, rmsecv: formatScore(y) });

const oneSeText = ({ x: at, y }: RmsecvMark, isClassification: boolean, score: string): string =>
  isClassification
    ? t('results.components.oneSeScoreText', { at, score, value: formatScore(y) })
    : t('results.components.oneSeText', { at, rmsecv: formatScore(y) });
