import { mdiPlayCircleOutline } from '@mdi/js';
import { Box, Button, LinearProgress, Skeleton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { RunResult, RunSummary } from '#core/contract/runTypes.ts';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { InterruptedRuns } from '#renderer/components/InterruptedRuns.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { RunStatusLabel } from '#renderer/components/RunStatusLabel.tsx';
import { VirtualTable } from '#renderer/components/VirtualTable.tsx';
import type { TableColumn } from '#renderer/components/VirtualTable.tsx';
import { formatDate, formatDuration, formatPercent, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { resumeRun } from '#renderer/state/resumeRun.ts';
import { useCall } from '#renderer/state/useCall.ts';

/** All runs of the workspace, newest first. */
export function RunList() {
  const runs = useCall('runs.list', {});
  const navigate = useAppState((state) => state.navigate);
  const open = (run: RunSummary | undefined): void => {
    if (run) navigate('runs', { runId: run.id, datasetId: run.datasetId });
  };
  return (
    <>
      <PageHeader
        title={t('runs.title')}
        {...(runs.status === 'ready' && runs.value.length > 0
          ? { provenance: t('runs.count', { n: runs.value.length }) }
          : {})}
      />
      <Box sx={{ flex: 1, minHeight: 0, px: 3, pb: 2 }}>
        {(runs.status === 'loading' || runs.status === 'idle') && <Skeleton variant="rectangular" height={200} />}
        {runs.status === 'failed' && (
          <ErrorNotice message={runs.message} details={runs.details} onRetry={runs.reload} />
        )}
        {runs.status === 'ready' && runs.value.length === 0 && (
          <EmptyState
            testId="runs-empty"
            icon={mdiPlayCircleOutline}
            title={t('runs.empty.title')}
            text={t('runs.empty.text')}
            action={
              <Button
                variant="contained"
                onClick={() => {
                  navigate('pipelines');
                }}
              >
                {t('runs.empty.action')}
              </Button>
            }
          />
        )}
        {runs.status === 'ready' && (
          <InterruptedRuns
            runs={runs.value}
            onLook={({ id, datasetId }) => {
              navigate('runs', { runId: id, datasetId });
            }}
            onResume={(run) => void resumeRun(run)}
          />
        )}
        {runs.status === 'ready' && runs.value.length > 0 && <RunTable runs={runs.value} onOpen={open} />}
      </Box>
    </>
  );
}

interface RunTableProps {
  readonly runs: readonly RunSummary[];
  readonly onOpen: (run: RunSummary | undefined) => void;
}

/** Props in, table out. Enter or a double click opens a run; so does its name. */
export function RunTable({ runs, onOpen }: RunTableProps) {
  return (
    <VirtualTable
      label={t('runs.title')}
      testId="run-list"
      columns={columns()}
      rowCount={runs.length}
      rowHeight={34}
      onActivate={(row) => {
        onOpen(runs[row]);
      }}
      cell={(row, column) => {
        const run = runs[row];
        return run
          ? cellOf(run, column, () => {
              onOpen(run);
            })
          : null;
      }}
    />
  );
}

const columns = (): TableColumn[] => [
  { key: 'status', title: t('runs.column.status'), width: '124px' },
  { key: 'name', title: t('runs.column.name'), width: 'minmax(160px, 1.6fr)' },
  { key: 'dataset', title: t('runs.column.dataset'), width: 'minmax(110px, 1fr)' },
  { key: 'target', title: t('runs.column.target'), width: '96px' },
  { key: 'progress', title: t('runs.column.progress'), width: '150px' },
  { key: 'cv', title: t('runs.column.cv'), width: '160px', numeric: true, tooltip: t('runs.column.cv.help') },
  { key: 'started', title: t('runs.column.started'), width: '168px' },
  { key: 'duration', title: t('runs.column.duration'), width: '104px', numeric: true },
];

function cellOf(run: RunSummary, column: number, onOpen: () => void): ReactNode {
  const { name, datasetName, target, status, fraction, result, startedAt, endedAt } = run;
  switch (column) {
    case 0:
      return <RunStatusLabel status={status} />;
    case 1:
      return (
        <Button
          onClick={onOpen}
          title={name}
          data-testid="open-run"
          sx={{
            px: 0.5,
            ml: -0.5,
            minHeight: 24,
            maxWidth: '100%',
            textAlign: 'left',
            minWidth: 0,
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            display: 'block',
          }}
        >
          {name}
        </Button>
      );
    case 2:
      return datasetName;
    case 3:
      return target;
    case 4:
      return <Share fraction={status === 'completed' ? 1 : fraction} name={name} />;
    case 5:
      return result === null ? '–' : cvInWords(result);
    case 6:
      return formatDate(startedAt);
    default:
      return endedAt === null ? '–' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  }
}

function Share({ fraction, name }: { readonly fraction: number; readonly name: string }) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <LinearProgress
        variant="determinate"
        value={fraction * 100}
        aria-label={t('runs.progressOf', { name })}
        sx={{ flex: 1 }}
      />
      <Typography component="span" className="num" sx={{ width: 40, textAlign: 'right', fontSize: '0.75rem' }}>
        {formatPercent(fraction)}
      </Typography>
    </Box>
  );
}

/** RMSECV, or the pooled balanced accuracy of a classification; the name stands with the number, since a list has both. */
const cvInWords = ({ task, rmsecv, cv }: RunResult): string =>
  task === 'regression'
    ? t('runs.cv.rmsecv', { value: formatScore(rmsecv) })
    : t('runs.cv.balancedAccuracy', { value: formatScore(cv?.balancedAccuracy) });
