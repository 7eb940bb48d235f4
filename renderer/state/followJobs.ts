import type { JobProgress } from '#core/contract/app.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { formatScore } from '#renderer/locales/format.ts';
import { t } from '#renderer/locales/t.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Shows the progress of an import, an export or a prediction in the status bar. */
export function followJob({ jobId, doing, done, total }: JobProgress): void {
  useAppState.getState().updateJob(jobId, { doing, fraction: total > 0 ? Math.min(done / total, 1) : null });
}

const ENDINGS: readonly string[] = ['run.completed', 'run.failed', 'run.interrupted', 'run.cancelled'];

/** Shows a run in the status bar from its first event that arrives to its last, and has lists ask again at its ends. */
export function followRun(event: RunEvent): void {
  const { activeJobs, startJob, updateJob, endJob, invalidate } = useAppState.getState();
  const { runId } = event;
  if (ENDINGS.includes(event.type)) {
    endJob(runId);
    for (const area of ['runs', 'results', 'models']) invalidate(area);
    announce(event);
    return;
  }
  if (!activeJobs[runId]) {
    startJob({
      jobId: runId,
      title: t('shell.page.runs'),
      cancel: () => {
        cancelRun(runId);
      },
    });
    invalidate('runs');
  }
  updateJob(runId, {
    doing: t(`shell.status.phase.${event.phase}`),
    fraction: event.fraction,
    eta: event.eta,
    ...(event.type === 'run.started' ? { title: t('shell.status.run', { name: event.name }) } : {}),
  });
}

function cancelRun(runId: string): void {
  callEngine('runs.cancel', { runId }).catch((error: unknown) => {
    useAppState.getState().notify({ severity: 'error', text: asApiError(error).message });
  });
}

/** The run screen tells its own end; on other pages a note says it. */
function announce(event: RunEvent): void {
  const { page, notify } = useAppState.getState();
  if (page === 'runs') return;
  if (event.type === 'run.failed')
    notify({ severity: 'error', text: t('shell.status.runFailed', { message: event.message }) });
  if (event.type === 'run.interrupted')
    notify({ severity: 'error', text: t('shell.status.runInterrupted', { message: event.message }) });
  if (event.type !== 'run.completed') return;
  const { rmsecv } = event.result;
  const text =
    rmsecv === null ? t('shell.status.runDonePlain') : t('shell.status.runDone', { rmsecv: formatScore(rmsecv) });
  notify({ severity: 'success', text });
}
