import { Box, Button, Skeleton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { Predictions } from '#core/contract/results.ts';
import { agreement } from '#renderer/charts/agreement.ts';
import { useChartServices } from '#renderer/charts/chartServices.ts';
import { toCsv } from '#renderer/charts/toCsv.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { formatError } from '#renderer/components/formatError.ts';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableColumn, TableSort } from '#renderer/components/VirtualTable.tsx';
import { formatCount, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import type { PartitionToggle } from '#renderer/views/results/resultsState.ts';
import { sampleValue, samplesOrder } from '#renderer/views/results/samplesOrder.ts';
import type { SampleKey } from '#renderer/views/results/samplesOrder.ts';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

const COLUMNS: readonly SampleKey[] = ['id', 'measured', 'predicted', 'residual', 'size', 'fold'];

/** Every prediction of a variant in a table that sorts and saves. */
export function SamplesTab({ run, variant }: DetailProps) {
  const [of, setOf] = useState<PartitionToggle>('cv');
  const answer = useCall('results.predictions', { runId: run.id, variant: variant.variant, of });
  return (
    <Box sx={{ height: '100%', minHeight: 240, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <ToggleButtonGroup
        exclusive
        value={of}
        aria-label={t('results.show')}
        onChange={(_, value: PartitionToggle | null) => {
          setOf(value ?? of);
        }}
      >
        {(['cv', 'train', 'test'] as const).map((kind) => (
          <ToggleButton key={kind} value={kind}>
            {t(`results.show.${kind}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {answer.status === 'failed' && (
        <ErrorNotice message={answer.message} details={answer.details} onRetry={answer.reload} />
      )}
      {(answer.status === 'loading' || answer.status === 'idle') && <Skeleton variant="rectangular" height={240} />}
      {answer.status === 'ready' && answer.value === null && (
        <Typography color="text.secondary" sx={{ p: 2 }}>
          {t(`results.samples.none.${of}`)}
        </Typography>
      )}
      {answer.status === 'ready' && answer.value !== null && (
        <SampleTable
          predictions={answer.value}
          unit={run.result?.targetUnit ?? null}
          exportName={`${run.name} ${run.target} ${of}`}
        />
      )}
    </Box>
  );
}

interface SampleTableProps {
  readonly predictions: Predictions;
  readonly unit: string | null;
  readonly exportName: string;
}

function SampleTable({ predictions, unit, exportName }: SampleTableProps) {
  const services = useChartServices();
  const [sort, setSort] = useState<TableSort>({ key: 'row', descending: false });
  const order = useMemo(() => {
    const key = COLUMNS.find((each) => each === sort.key);
    return key === undefined ? Array.from(predictions.rows.keys()) : samplesOrder(predictions, key, sort.descending);
  }, [predictions, sort]);
  const rmse = useMemo(() => agreement(predictions.measured, predictions.predicted).rmse, [predictions]);
  const title = (key: SampleKey): string =>
    unit !== null && key !== 'id' && key !== 'fold'
      ? `${t(`results.samples.${key}`)} / ${unit}`
      : t(`results.samples.${key}`);
  const columns = COLUMNS.map((key): TableColumn => ({
    key,
    title: title(key),
    numeric: key !== 'id',
    sortable: true,
    width: key === 'id' ? 'minmax(88px, 1.2fr)' : key === 'fold' ? '60px' : 'minmax(80px, 1fr)',
  }));
  const number = (at: number, key: Exclude<SampleKey, 'id'>): number | null => {
    const value = sampleValue(predictions, key)(at);
    if (!Number.isFinite(value)) return null;
    return key === 'fold' ? (value < 0 ? null : value + 1) : value;
  };
  const save = (): void => {
    const rows = order.map((at) =>
      COLUMNS.map((key) => (key === 'id' ? (predictions.sampleIds[at] ?? '') : number(at, key))),
    );
    services.save('csv', `${exportName}.csv`, toCsv({ columns: COLUMNS.map(title), rows }, services.fileFormat)).then(
      (name) => {
        if (name !== null) services.notify('success', t('charts.saved', { name }));
      },
      (error: unknown) => {
        services.notify(
          'error',
          t('charts.failed', { reason: error instanceof Error ? error.message : String(error) }),
        );
      },
    );
  };
  return (
    <>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <VirtualTable
          label={t('results.tab.samples')}
          testId="samples-table"
          columns={columns}
          rowCount={order.length}
          sort={sort}
          onSort={setSort}
          cell={(row, column) => {
            const [at, key] = [order[row], COLUMNS[column]];
            if (at === undefined || key === undefined) return null;
            if (key === 'id') return predictions.sampleIds[at] ?? '';
            const value = number(at, key);
            if (key === 'fold') return value === null ? '–' : formatCount(value);
            return key === 'measured'
              ? formatNumber(value, { digits: 6 })
              : formatError(value, rmse, { sign: key === 'residual' });
          }}
        />
      </Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Typography variant="caption" color="text.secondary">
          {t('results.samples.count', { n: order.length })}
        </Typography>
        <Button variant="outlined" onClick={save} sx={{ ml: 'auto' }} data-testid="samples-csv">
          {t('results.samples.save')}
        </Button>
      </Box>
    </>
  );
}
