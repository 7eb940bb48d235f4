import { useCallback } from 'react';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { bestSoFar, trialsOption, trialsTable } from '#renderer/charts/trialsOption.ts';
import type { TrialsPicture } from '#renderer/charts/trialsOption.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

interface TrialsPlotProps {
  readonly picture: TrialsPicture;
  readonly exportName: string;
  readonly height: number | string;
  readonly testId: string;
}

/** The trials of one finetuning study. `picture` must keep its identity while it shows the same. */
export function TrialsPlot({ picture, exportName, height, testId }: TrialsPlotProps) {
  const tokens = useChartTokens();
  const option = useCallback(({ width }: PlotSize) => trialsOption(picture, width, tokens), [picture, tokens]);
  const { trials, higherIsBetter } = picture;
  return (
    <SizedChart
      option={option}
      label={t('results.trials.title')}
      summary={t('results.trials.summary', {
        n: trials.length,
        best: formatScore(bestSoFar(trials, higherIsBetter).at(-1) ?? null),
      })}
      table={() => trialsTable(picture)}
      exportName={exportName}
      height={height}
      testId={testId}
    />
  );
}
