import type { RunSummary } from '#core/contract/runTypes.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';

/** Starts a run with the same data, pipeline, seed and split as an earlier one, and shows it. Refusals are told. */
export async function startRunAgain(run: RunSummary): Promise<void> {
  const { navigate, invalidate, notify } = useAppState.getState();
  const { name, datasetId, pipeline, target, seed, trainSplit, testSplit } = run;
  try {
    const { runId } = await callEngine('runs.start', {
      name,
      datasetId,
      pipeline,
      target,
      seed,
      trainSplit,
      testSplit,
    });
    invalidate('runs');
    navigate('runs', { runId, datasetId });
  } catch (error) {
    notify({ severity: 'error', text: asApiError(error).message });
  }
}
