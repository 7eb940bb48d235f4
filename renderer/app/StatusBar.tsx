import { mdiAlertCircleOutline, mdiCheckCircleOutline, mdiProgressClock } from '@mdi/js';
import { Box, ButtonBase, LinearProgress } from '@mui/material';
import { Icon } from '#renderer/components/Icon.tsx';
import { formatPercent, formatTimeLeft } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';
import type { ActiveJob } from '#renderer/state/appState.ts';
import { useCall } from '#renderer/state/useCall.ts';

/** One line at the bottom: the engine, what runs and how to stop it, and the open dataset. */
export function StatusBar() {
  const jobs = Object.values(useAppState((state) => state.activeJobs));
  const [job] = jobs;
  return (
    <Box
      component="footer"
      aria-label={t('shell.status.bar')}
      data-testid="status-bar"
      sx={{
        gridColumn: '1 / -1',
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        color: 'text.secondary',
        fontSize: '0.72rem',
        whiteSpace: 'nowrap',
        overflow: 'hidden',
      }}
    >
      <EngineLine />
      {job ? <JobLine job={job} more={jobs.length - 1} /> : <span>{t('shell.status.noJobs')}</span>}
      <Box sx={{ flex: 1 }} />
      <DatasetLine />
    </Box>
  );
}

const engineIcons = {
  ready: mdiCheckCircleOutline,
  starting: mdiProgressClock,
  restarting: mdiProgressClock,
  failed: mdiAlertCircleOutline,
};

function EngineLine() {
  const { state, message } = useAppState((app) => app.engineState);
  const colour = state === 'ready' ? 'success.main' : state === 'failed' ? 'error.main' : 'warning.main';
  return (
    <Box
      role="status"
      data-testid="engine-state"
      data-state={state}
      title={message ?? undefined}
      sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}
    >
      <Icon path={engineIcons[state]} size={14} color={colour} />
      {t(`shell.engine.${state}`)}
    </Box>
  );
}

function JobLine({ job, more }: { readonly job: ActiveJob; readonly more: number }) {
  const cancelJob = useAppState((state) => state.cancelJob);
  const left = job.eta ? formatTimeLeft(job.eta) : null;
  return (
    <Box data-testid="status-job" sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: 340 }}>
        {job.doing ? `${job.title} · ${job.doing}` : job.title}
      </Box>
      <LinearProgress
        aria-label={job.title}
        variant={job.fraction === null ? 'indeterminate' : 'determinate'}
        value={(job.fraction ?? 0) * 100}
        sx={{ width: 110 }}
      />
      {job.fraction !== null && <span className="num">{formatPercent(job.fraction)}</span>}
      {left && <span>{t('shell.status.left', { time: left })}</span>}
      {job.cancel && (
        <ButtonBase
          data-testid="status-cancel"
          disabled={job.cancelling}
          onClick={() => {
            cancelJob(job.jobId);
          }}
          sx={{
            px: 0.75,
            height: 24,
            borderRadius: 0.5,
            font: 'inherit',
            color: 'text.primary',
            textDecoration: 'underline',
          }}
        >
          {job.cancelling ? t('shell.status.cancelling') : t('shell.status.cancel')}
        </ButtonBase>
      )}
      {more > 0 && <span>{t('shell.status.moreJobs', { n: more })}</span>}
    </Box>
  );
}

function DatasetLine() {
  const datasetId = useAppState((state) => state.datasetId);
  const list = useCall('datasets.list', datasetId === null ? null : {});
  const dataset = list.status === 'ready' ? list.value.find(({ id }) => id === datasetId) : undefined;
  if (!dataset) return null;
  return (
    <span data-testid="status-dataset">
      {t('shell.status.dataset', { name: dataset.name, n: dataset.samples, p: dataset.wavelengths })}
    </span>
  );
}
