import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { newJobId } from '#renderer/bridge/newJobId.ts';
import { useAppState } from '#renderer/state/appState.ts';

/**
 * Runs something long under a job id: the status bar shows its progress and offers Cancel until it ends.
 * The promise settles as the work does; a cancelled job rejects with code `cancelled`.
 */
export async function runJob<T>(title: string, work: (jobId: string) => Promise<T>): Promise<T> {
  const { startJob, endJob, notify } = useAppState.getState();
  const jobId = newJobId();
  const cancel = (): void => {
    callEngine('jobs.cancel', { jobId }).catch((error: unknown) => {
      notify({ severity: 'error', text: asApiError(error).message });
    });
  };
  startJob({ jobId, title, cancel });
  try {
    return await work(jobId);
  } finally {
    endJob(jobId);
  }
}
