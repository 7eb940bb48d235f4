import { useState } from 'react';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { runRequest } from '#renderer/builder/runSetup.ts';
import type { RunSetup } from '#renderer/builder/runSetup.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Starts a run and goes to its page. */
export function useRunPipeline() {
  const [starting, setStarting] = useState(false);
  const start = (setup: RunSetup, name: string, text: string): void => {
    if (starting) return;
    setStarting(true);
    const { navigate, notify, invalidate } = useAppState.getState();
    callEngine('runs.start', runRequest(setup, name, text))
      .then(
        ({ runId }) => {
          invalidate('runs');
          navigate('runs', { runId, datasetId: setup.dataset.id });
        },
        (error: unknown) => {
          const { message, details } = asApiError(error);
          notify({ severity: 'error', text: message, details: JSON.stringify(details) });
        },
      )
      .finally(() => setStarting(false));
  };
  return { start, starting };
}
