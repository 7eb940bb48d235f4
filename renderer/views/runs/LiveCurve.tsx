import { Typography } from '@mui/material';
import { useCallback, useMemo } from 'react';
import { branchLetters } from '#renderer/builder/branchLetters.ts';
import { laneColour } from '#renderer/builder/laneColour.ts';
import { withoutBranch } from '#renderer/builder/withoutBranch.ts';
import { rmsecvOption } from '#renderer/charts/rmsecvOption.ts';
import { rmsecvTable } from '#renderer/charts/rmsecvTable.ts';
import { rmsecvVariantsOption } from '#renderer/charts/rmsecvVariantsOption.ts';
import { shortLabel } from '#renderer/components/shortLabel.ts';
import { SizedChart } from '#renderer/charts/SizedChart.tsx';
import type { PlotSize } from '#renderer/charts/SizedChart.tsx';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { runMetric } from '#renderer/state/runMetric.ts';
import type { Mode } from '#renderer/theme/palette.ts';
import { curveKind, liveCurves, rowsOf } from '#renderer/views/runs/liveCurves.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** More rows than this cannot be read in the panel. */
const MOST_DOTS = 12;

/** RMSECV against components while it is found; a dot for each row where nothing is swept. */
export function LiveCurve({ view }: { readonly view: RunView }) {
  const tokens = useChartTokens();
  const picture = useMemo(() => liveCurves(view), [view]);
  const dots = useMemo(() => (picture ? [] : variantPoints(view, tokens.mode)), [view, picture, tokens.mode]);
  const { isError, name: xName } = curveKind(view);
  const { title: score } = runMetric(view.started?.metric ?? 'rmse');
  const label = isError ? t('runs.curve.title') : t('runs.curve.scoreTitle', { score });
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
  const exportName = `${view.started?.name ?? 'run'} ${isError ? 'RMSECV' : score}`;
  if (picture) {
    const best = picture.minimum;
    const n = picture.curves.length;
    const summary = !best
      ? label
      : isError
        ? t('runs.curve.summary', { n, rmsecv: formatScore(best.y), at: best.x })
        : t('runs.curve.scoreSummary', { score, n, value: formatScore(best.y), at: best.x });
    return (
      <SizedChart
        option={option}
        label={label}
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
      label={label}
      summary={
        isError
          ? t('runs.curve.variantsSummary', {
              n: dots.length,
              label: dots[0]?.label ?? '',
              rmsecv: formatScore(dots[0]?.rmsecv),
            })
          : t('runs.curve.scoreVariants', {
              score,
              n: dots.length,
              label: dots[0]?.label ?? '',
              value: formatScore(dots[0]?.rmsecv),
            })
      }
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

/** Base models among them, each with the letter and colour of its branch: what the stack gains over them is seen here. */
function variantPoints(view: RunView, mode: Mode) {
  const { isError, higherIsBetter } = curveKind(view);
  const sign = !isError && higherIsBetter ? -1 : 1;
  const paths = view.groups.map(({ branchPath }) => branchPath);
  return rowsOf(view)
    .flatMap(({ group, figures, best }) => {
      const value = isError ? figures.rmsecv : figures.mean;
      const standardError = group.best?.scoreSe ?? null;
      const letters = branchLetters(group.branchPath, paths);
      const name = shortLabel(withoutBranch(group.label, group.branchPath)) || group.model;
      const label = [letters.join(' › '), group.base ? t('runs.curve.base', { name }) : name]
        .filter(Boolean)
        .join(' · ');
      const colour = group.base ? laneColour(mode, letters.at(-1) ?? 'A') : null;
      return value === null ? [] : [{ label, rmsecv: value, standardError, best, colour }];
    })
    .toSorted((a, b) => sign * (a.rmsecv - b.rmsecv));
}
