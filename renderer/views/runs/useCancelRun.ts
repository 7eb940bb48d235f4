import { useCallback, useState } from 'react';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Cancels a run. "Cancelling" holds from the click on: the engine's answer is not waited for. */
export function useCancelRun(runId: string): { readonly cancelling: boolean; readonly cancel: () => void } {
  const fromStatusBar = useAppState((state) => state.activeJobs[runId]?.cancelling ?? false);
  const [asked, setAsked] = useState(false);
  const cancel = useCallback(() => {
    setAsked(true);
    const { activeJobs, cancelJob, notify } = useAppState.getState();
    if (activeJobs[runId]) {
      cancelJob(runId);
      return;
    }
    // A run that still waits for its turn has sent nothing that the status bar could show.
    callEngine('runs.cancel', { runId }).catch((error: unknown) => {
      setAsked(false);
      notify({ severity: 'error', text: asApiError(error).message });
    });
  }, [runId]);
  return { cancelling: asked || fromStatusBar, cancel };
}
