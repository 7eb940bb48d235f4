import { Box } from '@mui/material';
import { useMemo, useRef } from 'react';
import { Chart } from '#renderer/charts/Chart.tsx';
import { predictedMeasuredOption } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PredictedMeasuredPicture } from '#renderer/charts/predictedMeasuredOption.ts';
import type { PlotTable } from '#renderer/charts/toCsv.ts';
import { useElementSize } from '#renderer/charts/useElementSize.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

interface PredictedMeasuredPlotProps {
  readonly picture: PredictedMeasuredPicture;
  readonly label: string;
  readonly summary: string;
  readonly exportName: string;
  readonly testId?: string;
}

/** Predicted against measured, as large a square as its parent allows. */
export function PredictedMeasuredPlot({ picture, label, summary, exportName, testId }: PredictedMeasuredPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize(box);
  const tokens = useChartTokens();
  const option = useMemo(
    () => predictedMeasuredOption(picture, size ?? { width: 480, height: 360 }, tokens),
    [picture, size, tokens],
  );
  return (
    <Box ref={box} sx={{ height: '100%', minHeight: 0, minWidth: 0 }}>
      <Chart
        option={option}
        label={label}
        summary={summary}
        table={() => predictedTable(picture)}
        exportName={exportName}
        height="100%"
        {...(testId === undefined ? {} : { testId })}
      />
    </Box>
  );
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
