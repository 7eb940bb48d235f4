import { useCallback } from 'react';
import { confusionOption, confusionTable } from '#renderer/charts/confusionOption.ts';
import type { ConfusionPicture } from '#renderer/charts/confusionOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

interface ConfusionPlotProps {
  readonly picture: ConfusionPicture;
  readonly label: string;
  readonly exportName: string;
  readonly height: number | string;
  readonly testId: string;
}

/** A confusion matrix that exports like every plot. `picture` must keep its identity while it shows the same. */
export function ConfusionPlot({ picture, label, exportName, height, testId }: ConfusionPlotProps) {
  const tokens = useChartTokens();
  const option = useCallback((size: PlotSize) => confusionOption(picture, size, tokens), [picture, tokens]);
  const n = picture.counts.flat().reduce((sum, count) => sum + count, 0);
  const right = picture.classes.reduce((sum, _, k) => sum + (picture.counts[k]?.[k] ?? 0), 0);
  return (
    <SizedChart
      option={option}
      label={label}
      summary={t('results.confusion.summary', { n, right })}
      table={() => confusionTable(picture)}
      exportName={exportName}
      height={height}
      testId={testId}
    />
  );
}
