import { useCallback } from 'react';
import { predictedMeasuredOption } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

interface PredictedMeasuredPlotProps {
  readonly picture: PredictedMeasuredPicture;
  readonly label: string;
  readonly summary: string;
  readonly exportName: string;
  readonly testId: string;
}

/** Predicted against measured, as large a square as its parent allows. */
export function PredictedMeasuredPlot({ picture, ...names }: PredictedMeasuredPlotProps) {
  const tokens = useChartTokens();
  const option = useCallback((size: PlotSize) => predictedMeasuredOption(picture, size, tokens), [picture, tokens]);
  return <SizedChart {...names} option={option} table={() => predictedTable(picture)} height="100%" />;
}

const predictedTable = ({ groups, xName, yName }: PredictedMeasuredPicture): PlotTable => ({
  columns: [t('results.samples.id'), t('results.samples.fold'), xName, yName, t('results.samples.residual')],
  rows: groups.flatMap((group) =>
    Array.from(group.measured, (measured, k) => {
      const predicted = group.predicted[k] ?? Number.NaN;
      return [group.ids?.[k] ?? null, group.name, measured, predicted, predicted - measured];
    }),
  ),
});
