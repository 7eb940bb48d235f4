import { Typography } from '@mui/material';
import { useCallback } from 'react';
import { lossOption, lossTable } from '#renderer/charts/lossOption.ts';
import type { LossPicture } from '#renderer/charts/lossOption.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';

interface LiveLossProps {
  readonly name: string;
  /** Keeps its identity while it shows the same. */
  readonly picture: LossPicture;
  readonly exportName: string;
}

/** How a model that learns step by step goes on: one colour a fold. */
export function LiveLoss({ name, picture, exportName }: LiveLossProps) {
  const tokens = useChartTokens();
  const option = useCallback(({ width }: PlotSize) => lossOption(picture, width, tokens), [picture, tokens]);
  const last = picture.curves.at(-1)?.points.at(-1);
  return (
    <>
      <SizedChart
        option={option}
        label={t('runs.loss.title', { name })}
        summary={t('runs.loss.summary', {
          n: picture.curves.length,
          epoch: last?.epoch ?? 0,
          epochs: picture.epochs,
          loss: formatScore(last?.loss),
        })}
        table={() => lossTable(picture)}
        exportName={exportName}
        height={248}
        testId="live-loss"
      />
      <Typography variant="caption" color="text.secondary" component="p" sx={{ m: 0, px: 1 }}>
        {t('runs.loss.dashed')}
      </Typography>
    </>
  );
}
