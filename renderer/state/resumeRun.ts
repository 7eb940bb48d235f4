import type { RunSummary } from '#core/contract/runTypes.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Whether a run that ended so can go on where it stopped. */
export const isResumable = ({ status }: Pick<RunSummary, 'status'>): boolean =>
  status === 'interrupted' || status === 'cancelled' || status === 'failed';

/** Has a run that stopped go on, and shows it. Refusals are told. */
export async function resumeRun({ id, datasetId }: Pick<RunSummary, 'id' | 'datasetId'>): Promise<void> {
  const { navigate, invalidate, notify } = useAppState.getState();
  try {
    await callEngine('runs.resume', { runId: id });
    invalidate('runs');
    navigate('runs', { runId: id, datasetId });
  } catch (error) {
    notify({ severity: 'error', text: asApiError(error).message });
  }
}
