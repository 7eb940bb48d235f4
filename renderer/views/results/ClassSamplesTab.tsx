import { Box, FormControlLabel, Skeleton, Switch, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import type { Predictions } from '#core/contract/results.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableColumn, TableSort } from '#renderer/components/VirtualTable.tsx';
import { formatCount, formatNumber } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useCall } from '#renderer/state/useCall.ts';
import { classSamples, classSamplesTable, sortClassSamples } from '#renderer/views/results/classSamples.ts';
import type { ClassSample, ClassSampleKey } from '#renderer/views/results/classSamples.ts';
import { PartitionChoice } from '#renderer/views/results/PartitionChoice.tsx';
import type { PartitionToggle } from '#renderer/views/results/resultsState.ts';
import { SaveCsv } from '#renderer/views/results/SaveCsv.tsx';
import type { DetailProps } from '#renderer/views/results/VariantDetails.tsx';

/** Every sample with its measured and predicted class; the misclassified ones alone on request. */
export function ClassSamplesTab({ run, variant }: DetailProps) {
  const [of, setOf] = useState<PartitionToggle>('cv');
  const [onlyWrong, setOnlyWrong] = useState(false);
  const answer = useCall('results.predictions', { runId: run.id, variant: variant.variant, of });
  return (
    <Box sx={{ height: '100%', minHeight: 240, display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
        <PartitionChoice value={of} onChange={setOf} />
        <FormControlLabel
          control={
            <Switch
              size="small"
              checked={onlyWrong}
              onChange={(_, checked) => {
                setOnlyWrong(checked);
              }}
              data-testid="only-wrong"
            />
          }
          label={t('results.samples.onlyWrong')}
          slotProps={{ typography: { variant: 'body2' } }}
        />
      </Box>
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
        <SampleTable predictions={answer.value} onlyWrong={onlyWrong} exportName={`${run.name} ${run.target} ${of}`} />
      )}
    </Box>
  );
}

interface SampleTableProps {
  readonly predictions: Predictions;
  readonly onlyWrong: boolean;
  readonly exportName: string;
}

function SampleTable({ predictions, onlyWrong, exportName }: SampleTableProps) {
  const [sort, setSort] = useState<TableSort>({ key: 'row', descending: false });
  const columns = useMemo(() => columnsFor(predictions), [predictions]);
  const all = useMemo(() => classSamples(predictions), [predictions]);
  const shown = useMemo(() => {
    const kept = onlyWrong ? all.filter(({ right }) => !right) : all;
    const key = columns.find((column) => column.key === sort.key)?.key;
    return key === undefined ? kept : sortClassSamples(kept, key, sort.descending);
  }, [all, onlyWrong, sort, columns]);
  if (shown.length === 0) return <Typography sx={{ p: 2 }}>{t('results.samples.allRight')}</Typography>;
  return (
    <>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <VirtualTable
          label={t('results.tab.samples')}
          testId="samples-table"
          columns={columns}
          rowCount={shown.length}
          sort={sort}
          onSort={setSort}
          cell={(row, column) => {
            const [sample, key] = [shown[row], columns[column]?.key];
            return sample === undefined || key === undefined ? null : cellText(sample, key);
          }}
        />
      </Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Typography variant="caption" color="text.secondary" data-testid="samples-wrong">
          {t('results.samples.wrongCount', { wrong: all.filter(({ right }) => !right).length, n: all.length })}
        </Typography>
        <SaveCsv
          table={() => classSamplesTable(shown, predictions.classes ?? [])}
          name={exportName}
          testId="samples-csv"
        />
      </Box>
    </>
  );
}

const CLASS_WIDTH = 'minmax(104px, 1fr)';

function columnsFor({ probabilities }: Predictions): (TableColumn & { readonly key: ClassSampleKey })[] {
  return [
    { key: 'id', title: t('results.samples.id'), width: 'minmax(72px, 1fr)', sortable: true },
    { key: 'measured', title: t('results.samples.measuredClass'), width: CLASS_WIDTH, sortable: true },
    { key: 'predicted', title: t('results.samples.predictedClass'), width: CLASS_WIDTH, sortable: true },
    { key: 'result', title: t('results.samples.agrees'), width: '116px', sortable: true },
    ...(probabilities === null
      ? []
      : [
          {
            key: 'probability' as const,
            title: t('results.samples.probability'),
            tooltip: t('results.samples.probability.help'),
            numeric: true,
            sortable: true,
            width: '84px',
          },
        ]),
    { key: 'fold', title: t('results.samples.fold'), numeric: true, sortable: true, width: '52px' },
  ];
}

function cellText(sample: ClassSample, key: ClassSampleKey): string {
  switch (key) {
    case 'id':
      return sample.id;
    case 'measured':
      return sample.measured;
    case 'predicted':
      return sample.predicted;
    case 'result':
      return t(sample.right ? 'results.samples.right' : 'results.samples.wrong');
    case 'probability':
      return formatNumber(sample.probability, { decimals: 3 });
    case 'fold':
      return sample.fold === null ? '–' : formatCount(sample.fold);
  }
}
