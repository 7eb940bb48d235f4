import { Box, Skeleton, Typography } from '@mui/material';
import { useCallback, useMemo, useRef } from 'react';
import { agreement } from '#renderer/charts/agreement.ts';
import { axisName } from '#renderer/charts/axisName.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { agreementOf } from '#renderer/charts/predictedMeasuredOption.ts';
import { MOST_PANELS, panelLayout, residualFoldsOption } from '#renderer/charts/residualFoldsOption.ts';
import { residualOption, residualsOf } from '#renderer/charts/residualOption.ts';
import type { ResidualPicture } from '#renderer/charts/residualOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { usePredictedGroups } from '#renderer/views/results/usePredictedGroups.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** Errors of the held-out samples: all together, and fold by fold on common axes with the bias of each. */
export function ResidualsTab({ run, variant }: DetailProps) {
  const { status, message, groups, reload } = usePredictedGroups({ run, variant });
  const unit = run.result?.targetUnit ?? null;
  const picture = useMemo<ResidualPicture>(
    () => ({
      groups: groups.cv,
      xName: axisName(t('results.plot.predicted', { target: run.target }), unit),
      yName: axisName(t('results.plot.residual'), unit),
      twoSep: 2 * agreementOf(groups.cv).sep,
    }),
    [groups, run.target, unit],
  );
  if (status === 'failed') return <ErrorNotice message={message} onRetry={reload} />;
  if (status === 'loading') return <Skeleton variant="rectangular" height={360} />;
  if (groups.cv.length === 0)
    return (
      <Typography color="text.secondary" sx={{ p: 2 }}>
        {t('results.noFolds')}
      </Typography>
    );
  return <Residuals picture={picture} exportName={`${run.name} ${run.target} residuals`} />;
}

function Residuals({ picture, exportName }: { readonly picture: ResidualPicture; readonly exportName: string }) {
  const tokens = useChartTokens();
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const { groups } = picture;
  const width = size?.width ?? 600;
  const { rows } = panelLayout(groups.length, width);
  const height = 86 + rows * 150;
  const all = useCallback((plot: PlotSize) => residualOption(picture, plot.width, tokens), [picture, tokens]);
  const folds = useMemo(
    () => residualFoldsOption(picture, { width, height }, tokens),
    [picture, width, height, tokens],
  );
  const figures = agreementOf(groups);
  return (
    <Box ref={box} sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <SizedChart
        option={all}
        label={t('results.residuals.all')}
        summary={t('results.residuals.summary', {
          n: figures.n,
          bias: formatScore(figures.bias),
          sep: formatScore(figures.sep),
        })}
        table={() => residualTable(picture)}
        exportName={exportName}
        height={288}
        testId="residual-plot"
      />
      <Typography variant="h5" component="h3">
        {t('results.residuals.folds')}
        {groups.length > MOST_PANELS && ` (${t('results.residuals.first', { n: MOST_PANELS, of: groups.length })})`}
      </Typography>
      <Chart
        option={folds}
        label={t('results.residuals.folds')}
        summary={groups
          .map(({ name, measured, predicted }) => `${name}: ${formatScore(agreement(measured, predicted).bias)}`)
          .join('; ')}
        table={() => residualTable(picture)}
        exportName={`${exportName} by fold`}
        height={height}
        testId="residual-folds"
      />
    </Box>
  );
}

const residualTable = ({ groups, xName, yName }: ResidualPicture): PlotTable => ({
  columns: [t('results.samples.id'), t('results.samples.fold'), xName, yName],
  rows: groups.flatMap((group) => {
    const residuals = residualsOf(group);
    return Array.from(group.predicted, (predicted, k) => [
      group.ids?.[k] ?? null,
      group.name,
      predicted,
      residuals[k] ?? null,
    ]);
  }),
});
