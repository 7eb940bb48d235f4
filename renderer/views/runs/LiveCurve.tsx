import { Typography } from '@mui/material';
import { useCallback, useMemo } from 'react';
import { axisName } from '#renderer/charts/axisName.ts';
import { rmsecvOption } from '#renderer/charts/rmsecvOption.ts';
import { rmsecvTable } from '#renderer/charts/rmsecvTable.ts';
import { rmsecvVariantsOption } from '#renderer/charts/rmsecvVariantsOption.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { gridRows } from '#renderer/views/runs/gridRows.ts';
import { liveCurves } from '#renderer/views/runs/liveCurves.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** More rows than this cannot be read in the panel. */
const MOST_DOTS = 12;

/** RMSECV against components while it is found; a dot for each row where nothing is swept. */
export function LiveCurve({ view }: { readonly view: RunView }) {
  const tokens = useChartTokens();
  const picture = useMemo(() => liveCurves(view), [view]);
  const dots = useMemo(() => (picture ? [] : variantPoints(view)), [view, picture]);
  const xName = axisName(t('runs.rmsecv'), view.started?.targetUnit ?? null);
  const option = useCallback(
    ({ width }: PlotSize) =>
      picture
        ? rmsecvOption(picture, width, tokens)
        : rmsecvVariantsOption({ points: dots.slice(0, MOST_DOTS), xName }, tokens),
    [picture, dots, xName, tokens],
  );
  if (!picture && dots.length === 0)
    return (
      <Typography variant="body2" color="text.secondary" sx={{ p: 2, height: 240 }}>
        {t('runs.curve.waiting')}
      </Typography>
    );
  const exportName = `${view.started?.name ?? 'run'} RMSECV`;
  if (picture) {
    const best = picture.minimum;
    const summary = best
      ? t('runs.curve.summary', { n: picture.curves.length, rmsecv: formatScore(best.y), at: best.x })
      : t('runs.curve.title');
    return (
      <SizedChart
        option={option}
        label={t('runs.curve.title')}
        summary={summary}
        table={() => rmsecvTable(picture)}
        exportName={exportName}
        height={248}
        testId="live-curve"
      />
    );
  }
  return (
    <SizedChart
      option={option}
      label={t('runs.curve.title')}
      summary={t('runs.curve.variantsSummary', {
        n: dots.length,
        label: dots[0]?.label ?? '',
        rmsecv: formatScore(dots[0]?.rmsecv),
      })}
      table={{
        columns: [t('results.column.variant'), xName, t('results.column.se')],
        rows: dots.map((dot) => [dot.label, dot.rmsecv, dot.standardError]),
      }}
      exportName={exportName}
      height={Math.max(160, 62 + 22 * Math.min(dots.length, MOST_DOTS))}
      testId="live-curve"
    />
  );
}

const variantPoints = (view: RunView) =>
  gridRows(view.groups, false)
    .flatMap(({ group, figures, best }) =>
      figures.rmsecv === null
        ? []
        : [
            {
              label: shortLabel(group.label),
              rmsecv: figures.rmsecv,
              standardError: group.best?.scoreSe ?? null,
              best,
            },
          ],
    )
    .toSorted((a, b) => a.rmsecv - b.rmsecv);
