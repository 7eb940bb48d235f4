import { useEffect, useState } from 'react';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { callEngine, subscribe } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { takeHistory } from '#renderer/views/runs/takeHistory.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/** Events wait at most so long before they are drawn: fast enough to look live, slow enough for thousands of fits. */
const BATCH_MS = 150;

interface RunViewState {
  readonly runId: string;
  readonly view: RunView;
  readonly loaded: boolean;
  readonly problem: string | null;
}

/**
 * The picture of a run: what happened before the screen opened, then what happens. Live events that arrive while the
 * history is on its way wait for it; should one be missing later, the history is asked for again.
 */
export function useRunView(runId: string): RunViewState & { reload(): void } {
  const ready = useAppState((state) => state.engineState.state === 'ready');
  const [state, setState] = useState<RunViewState>(() => emptyState(runId));
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (!ready) return undefined;
    let view = EMPTY_RUN;
    let loaded = false;
    let ended = false;
    let timer: number | null = null;
    let waiting: RunEvent[] = [];

    const flush = (): void => {
      timer = null;
      if (ended || !loaded || waiting.length === 0) return;
      const next = Math.min(...waiting.map(({ seq }) => seq));
      if (next > view.seq + 1) {
        loaded = false;
        askHistory();
        return;
      }
      view = runReducer(view, waiting);
      waiting = [];
      setState({ runId, view, loaded: true, problem: null });
    };
    const askHistory = (): void => {
      takeHistory(
        view,
        (after) => callEngine('runs.history', { runId, after }),
        () => !ended,
      ).then(
        (history) => {
          if (ended) return;
          loaded = true;
          view = runReducer(history, waiting);
          waiting = [];
          setState({ runId, view, loaded: true, problem: null });
        },
        (error: unknown) => {
          if (!ended) setState({ ...emptyState(runId), problem: asApiError(error).message });
        },
      );
    };
    const unsubscribe = subscribe('runs.events', (event) => {
      if (event.runId !== runId) return;
      waiting.push(event);
      timer ??= window.setTimeout(flush, BATCH_MS);
    });
    askHistory();
    return () => {
      ended = true;
      unsubscribe();
      if (timer !== null) window.clearTimeout(timer);
    };
  }, [runId, ready, turn]);

  const shown = state.runId === runId ? state : emptyState(runId);
  return {
    ...shown,
    reload: () => {
      setTurn((value) => value + 1);
    },
  };
}

const emptyState = (runId: string): RunViewState => ({ runId, view: EMPTY_RUN, loaded: false, problem: null });
