import { Box, ButtonBase, Link, Skeleton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import type { DatasetSummary } from '#core/contract/datasets.ts';
import type { RunSummary } from '#core/contract/runTypes.ts';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { InterruptedRuns } from '#renderer/components/InterruptedRuns.tsx';
import { formatDate, formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { resumeRun } from '#renderer/state/resumeRun.ts';
import { useCall } from '#renderer/state/useCall.ts';

const MOST = 6;

/** The latest datasets and runs. */
export function HomeLists({ datasets }: { readonly datasets: readonly DatasetSummary[] }) {
  const navigate = useAppState((state) => state.navigate);
  const runs = useCall('runs.list', {});
  return (
    <>
      {runs.status === 'ready' && (
        <InterruptedRuns
          runs={runs.value}
          onLook={({ id, datasetId }) => {
            navigate('runs', { runId: id, datasetId });
          }}
          onResume={(run) => void resumeRun(run)}
        />
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(340px, 1fr))', gap: 2, mt: 4 }}>
        <List
          title={t('shell.home.datasets')}
          onAll={() => {
            navigate('data', { datasetId: null });
          }}
        >
          {datasets.slice(0, MOST).map((dataset) => (
            <Row
              key={dataset.id}
              name={dataset.name}
              note={t('data.header.samples', { n: dataset.samples })}
              date={dataset.createdAt}
              onOpen={() => {
                navigate('data', { datasetId: dataset.id });
              }}
            />
          ))}
        </List>
        <List
          title={t('shell.home.runs')}
          onAll={() => {
            navigate('runs', { runId: null });
          }}
        >
          {(runs.status === 'loading' || runs.status === 'idle') && <Skeleton height={80} />}
          {runs.status === 'failed' && (
            <ErrorNotice message={runs.message} details={runs.details} onRetry={runs.reload} />
          )}
          {runs.status === 'ready' && runs.value.length === 0 && (
            <Typography variant="body2" color="textSecondary" sx={{ py: 1 }}>
              {t('shell.home.runs.empty')}
            </Typography>
          )}
          {runs.status === 'ready' &&
            runs.value.slice(0, MOST).map((run) => (
              <Row
                key={run.id}
                name={`${run.name} · ${run.target}`}
                note={runNote(run)}
                date={run.startedAt}
                onOpen={() => {
                  navigate('runs', { runId: run.id });
                }}
              />
            ))}
        </List>
      </Box>
    </>
  );
}

/** What a run came to: its errors when it finished, its state otherwise. */
function runNote({ status, result }: RunSummary): string {
  if (status !== 'completed' || !result) return t(`shell.runStatus.${status}`);
  if (result.task === 'classification')
    return t('runs.cv.balancedAccuracy', { value: formatScore(result.cv?.balancedAccuracy) });
  const rmsecv = `${t('shell.home.runs.rmsecv')} ${formatScore(result.rmsecv)}`;
  return result.rmsep === null ? rmsecv : `${rmsecv} · ${t('shell.home.runs.rmsep')} ${formatScore(result.rmsep)}`;
}

function List({
  title,
  onAll,
  children,
}: {
  readonly title: string;
  readonly onAll: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Box component="section">
      <Box sx={{ display: 'flex', alignItems: 'baseline', borderBottom: 1, borderColor: 'divider', pb: 0.5 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          {title}
        </Typography>
        <Link component="button" type="button" variant="body2" onClick={onAll} sx={{ minHeight: 24 }}>
          {t('shell.home.showAll')}
        </Link>
      </Box>
      {children}
    </Box>
  );
}

interface RowProps {
  readonly name: string;
  readonly note: string;
  readonly date: string;
  readonly onOpen: () => void;
}

function Row({ name, note, date, onOpen }: RowProps) {
  return (
    <ButtonBase
      onClick={onOpen}
      sx={{
        width: '100%',
        justifyContent: 'flex-start',
        gap: 2,
        py: 0.9,
        px: 0.5,
        borderBottom: 1,
        borderColor: 'divider',
        textAlign: 'left',
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Typography variant="body2" noWrap sx={{ flex: 1, fontWeight: 550 }}>
        {name}
      </Typography>
      <Typography variant="caption" className="num" color="textSecondary">
        {note}
      </Typography>
      <Typography variant="caption" color="textSecondary" sx={{ width: 140, textAlign: 'right' }}>
        {formatDate(date)}
      </Typography>
    </ButtonBase>
  );
}
