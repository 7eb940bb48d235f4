import { useAppState } from '#renderer/state/appState.ts';
import { RunList } from '#renderer/views/runs/RunList.tsx';
import { RunScreen } from '#renderer/views/runs/RunScreen.tsx';

/** The list of runs, or the one that is selected. */
export function RunsPage() {
  const runId = useAppState((state) => state.runId);
  return runId === null ? <RunList /> : <RunScreen key={runId} runId={runId} />;
}
