import { Box, Skeleton, Typography } from '@mui/material';
import { useMemo } from 'react';
import type { RunSummary } from '#core/contract/runTypes.ts';
import { axisName } from '#renderer/charts/axisName.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import type { VariantPoint } from '#renderer/charts/rmsecvVariantsOption.ts';
import { rmsecvVariantsOption } from '#renderer/charts/rmsecvVariantsOption.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

const MOST_VARIANTS = 25;

/** The best variants of a run beside each other, for models without a component count. */
export function VariantsPlot({ run }: { readonly run: RunSummary }) {
  const tokens = useChartTokens();
  const best = useCall('results.variants', { runId: run.id, sortBy: 'rank', offset: 0, limit: MOST_VARIANTS });
  const isClassification = run.result?.task === 'classification';
  const { title } = runMetric(run.result?.metric ?? 'rmse');
  const xName = isClassification
    ? t('results.components.scoreCurve', { score: title })
    : axisName(t('runs.rmsecv'), run.result?.targetUnit ?? null);
  const points = useMemo(
    () =>
      best.status === 'ready'
        ? best.value.rows.flatMap(({ label, rmsecv, meanScore, scoreSe, selected }) => {
            const value = isClassification ? meanScore : rmsecv;
            return value === null
              ? []
              : [{ label: shortLabel(label), rmsecv: value, standardError: scoreSe, best: selected }];
          })
        : [],
    [best, isClassification],
  );
  const option = useMemo(() => rmsecvVariantsOption({ points, xName }, tokens), [points, xName, tokens]);
  if (best.status === 'failed')
    return <ErrorNotice message={best.message} details={best.details} onRetry={best.reload} />;
  if (best.status !== 'ready') return <Skeleton variant="rectangular" height={360} />;
  if (points.length === 0)
    return (
      <Typography color="text.secondary" sx={{ p: 2 }}>
        {t('results.noFolds')}
      </Typography>
    );
  const { total } = best.value;
  return (
    <Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {t('results.components.notSwept')}{' '}
        {total > points.length && t('results.components.firstOf', { n: points.length, of: total })}
      </Typography>
      <Chart
        option={option}
        label={
          isClassification ? t('results.components.scoreVariants', { score: title }) : t('results.components.variants')
        }
        summary={summaryOf(points, isClassification ? title : null)}
        table={{
          columns: [t('results.column.variant'), xName, t('results.column.se')],
          rows: points.map((point) => [point.label, point.rmsecv, point.standardError]),
        }}
        exportName={`${run.name} ${run.target} variants`}
        height={70 + 22 * points.length}
        testId="variants-plot"
      />
    </Box>
  );
}

const summaryOf = (points: readonly VariantPoint[], score: string | null): string => {
  const best = { n: points.length, label: points[0]?.label ?? '' };
  const value = formatScore(points[0]?.rmsecv);
  return score === null
    ? t('runs.curve.variantsSummary', { ...best, rmsecv: value })
    : t('runs.curve.scoreVariants', { ...best, score, value });
};
