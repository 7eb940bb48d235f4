import { Box, Skeleton, Typography } from '@mui/material';
import { useMemo } from 'react';
import type { DatasetDetail, TargetSummary } from '#core/contract/datasets.ts';
import { Chart } from '#renderer/charts/Chart.tsx';
import { histogram, histogramOption } from '#renderer/charts/histogramOption.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatCount, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useChartTokens } from '#renderer/theme/chartTokens.ts';
import { useTargetValues } from '#renderer/views/data/useTargetValues.ts';

/** How each reference value is distributed. */
export function TargetsTab({ dataset }: { readonly dataset: DatasetDetail }) {
  const { values, failure } = useTargetValues(dataset);
  if (dataset.targets.length === 0) return <EmptyState text={t('data.targets.empty')} />;
  return (
    <Box sx={{ p: 3, display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(380px, 1fr))' }}>
      {failure !== null && <ErrorNotice message={failure} />}
      {dataset.targets.map((target, k) => (
        <TargetCard
          key={target.name}
          target={target}
          values={values?.[k] ?? null}
          exportName={`${dataset.name} ${target.name}`}
        />
      ))}
    </Box>
  );
}

interface TargetCardProps {
  readonly target: TargetSummary;
  readonly values: readonly number[] | null;
  readonly exportName: string;
}

function TargetCard({ target, values, exportName }: TargetCardProps) {
  const { name, unit, n, missing, min, max, mean, sd } = target;
  const facts: readonly (readonly [string, string])[] = [
    [t('data.targets.n'), formatCount(n)],
    [t('data.targets.mean'), formatNumber(mean)],
    [t('data.targets.sd'), formatNumber(sd, { digits: 3 })],
    [t('data.targets.range'), `${formatNumber(min)} – ${formatNumber(max)}`],
    [t('data.targets.missing'), formatCount(missing)],
  ];
  return (
    <Box
      component="section"
      data-testid={`target-${name}`}
      sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5 }}
    >
      <Typography variant="h3" component="h2">
        {name}{' '}
        {unit && (
          <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450 }}>
            / {unit}
          </Box>
        )}
      </Typography>
      <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2.5, rowGap: 0.5, my: 1 }}>
        {facts.map(([label, value]) => (
          <Box key={label}>
            <Typography component="dt" variant="caption" color="textSecondary">
              {label}
            </Typography>
            <Box component="dd" className="num" sx={{ m: 0, fontSize: '0.85rem' }}>
              {value}
            </Box>
          </Box>
        ))}
      </Box>
      {values ? (
        <TargetHistogram target={target} values={values} exportName={exportName} />
      ) : (
        <Skeleton variant="rectangular" height={200} />
      )}
    </Box>
  );
}

function TargetHistogram({
  target,
  values,
  exportName,
}: {
  readonly target: TargetSummary;
  readonly values: readonly number[];
  readonly exportName: string;
}) {
  const tokens = useChartTokens();
  const { name, unit, mean, min, max } = target;
  const bins = useMemo(() => histogram(values), [values]);
  const option = useMemo(
    () => histogramOption(bins, unit ? `${name} / ${unit}` : name, mean, tokens),
    [bins, name, unit, mean, tokens],
  );
  return (
    <Chart
      option={option}
      height={210}
      label={t('charts.histogram.label', { target: name })}
      summary={t('charts.histogram.summary', {
        n: values.length,
        target: name,
        low: formatNumber(min),
        high: formatNumber(max),
        mean: formatNumber(mean),
      })}
      exportName={exportName}
      table={{
        columns: ['from', 'to', 'samples'],
        rows: bins.counts.map((count, k) => [bins.edges[k] ?? null, bins.edges[k + 1] ?? null, count]),
      }}
    />
  );
}
