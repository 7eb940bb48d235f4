import { Box, MenuItem, Select, Skeleton, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { ConfusionMatrix } from '#core/contract/results.ts';
import { ConfusionPlot } from '#renderer/charts/ConfusionPlot.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { useResultsState } from '#renderer/views/results/resultsState.ts';
import { foldNumber } from '#renderer/views/results/treeRows.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** Measured against predicted classes: held-out samples of all folds or of one, training and test samples. */
export function ConfusionTab({ run, variant }: DetailProps) {
  const answer = useCall('results.confusion', { runId: run.id, variant: variant.variant });
  const fold = useResultsState((state) => state.fold);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = answer.status === 'ready' ? answer.value : null;
  const matrices = found?.matrices ?? [];
  const wanted = chosen ?? fold ?? 'pooled';
  const matrix = matrices.find(({ of }) => of === wanted) ?? matrices[0];
  const classes = found?.classes;
  const picture = useMemo(
    () =>
      matrix && classes
        ? {
            classes,
            columns:
              matrix.columns.length > classes.length ? [...classes, t('results.confusion.none')] : matrix.columns,
            counts: matrix.counts,
          }
        : null,
    [matrix, classes],
  );
  if (answer.status === 'failed')
    return <ErrorNotice message={answer.message} details={answer.details} onRetry={answer.reload} />;
  if (answer.status !== 'ready') return <Skeleton variant="rectangular" height={360} />;
  if (!matrix || !picture) return <Typography color="text.secondary">{t('results.confusion.missing')}</Typography>;
  return (
    <Box sx={{ height: '100%', minHeight: 340, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <Select
          value={matrix.of}
          inputProps={{ 'aria-label': t('results.confusion.which') }}
          onChange={({ target }) => {
            setChosen(target.value);
          }}
          data-testid="confusion-of"
        >
          {matrices.map(({ of }) => (
            <MenuItem key={of} value={of}>
              {nameOf(of)}
            </MenuItem>
          ))}
        </Select>
        <Figures matrix={matrix} />
      </Box>
      <Typography variant="caption" color="text.secondary">
        {t(`results.confusion.about.${kindOf(matrix.of)}`)} {t('results.confusion.reading')}
      </Typography>
      <Box sx={{ flex: 1, minHeight: 260, maxHeight: 640 }}>
        <ConfusionPlot
          picture={picture}
          label={`${t('results.confusion.label')}: ${nameOf(matrix.of)}`}
          exportName={`${run.name} ${run.target} confusion ${matrix.of}`}
          height="100%"
          testId="confusion-plot"
        />
      </Box>
    </Box>
  );
}

const FIGURES = ['accuracy', 'balancedAccuracy', 'f1Macro', 'mcc'] as const;

function Figures({ matrix: { scores } }: { readonly matrix: ConfusionMatrix }) {
  return (
    <Box component="dl" sx={{ display: 'flex', gap: 2, m: 0, flexWrap: 'wrap' }} data-testid="confusion-figures">
      {FIGURES.map((figure) => (
        <Box key={figure} sx={{ display: 'flex', gap: 0.75, alignItems: 'baseline' }}>
          <Typography component="dt" variant="caption" color="text.secondary">
            {t(`results.figure.${figure}`)}
          </Typography>
          <Box component="dd" className="num" sx={{ m: 0 }}>
            {formatNumber(scores[figure], { decimals: 3 })}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

const KINDS = ['pooled', 'train', 'test'] as const;
const kindOf = (of: string): (typeof KINDS)[number] | 'fold' => KINDS.find((each) => each === of) ?? 'fold';

function nameOf(of: string): string {
  const kind = kindOf(of);
  return kind === 'fold'
    ? t('results.confusion.of.fold', { k: foldNumber(of) + 1 })
    : t(`results.confusion.of.${kind}`);
}
