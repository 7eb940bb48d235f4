import { useCallback, useState } from 'react';
import type { RefitSummary } from '#core/contract/runTypes.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { useStream } from '#renderer/state/useStream.ts';

export type RefitState =
  | { readonly status: 'idle' }
  /** `step`: what the engine tells of it, with its share. */
  | { readonly status: 'running'; readonly step: string | null; readonly index: number; readonly of: number }
  | { readonly status: 'done'; readonly summary: RefitSummary }
  | { readonly status: 'failed'; readonly message: string };

/** Trains one variant or base model of a run on all training data, on demand. */
export function useRefit(runId: string, variant: number | null): { readonly state: RefitState; refit(): void } {
  const key = `${runId}/${variant ?? ''}`;
  const [answer, setAnswer] = useState<{ key: string; state: RefitState }>({ key, state: IDLE });
  const state = answer.key === key ? answer.state : IDLE;

  useStream('runs.events', (event) => {
    if (event.runId !== runId || event.type !== 'refit.step') return;
    setAnswer((old) =>
      old.key === key && old.state.status === 'running'
        ? { key, state: { status: 'running', step: event.step, index: event.index, of: event.of } }
        : old,
    );
  });

  const refit = useCallback(() => {
    if (variant === null) return;
    const { invalidate } = useAppState.getState();
    const tell = (next: RefitState): void => {
      setAnswer((old) => (old.key === key ? { key, state: next } : old));
    };
    setAnswer({ key, state: { status: 'running', step: null, index: 0, of: 1 } });
    callEngine('runs.refit', { runId, variant }).then(
      (summary) => {
        tell(summary.problem === null ? { status: 'done', summary } : { status: 'failed', message: summary.problem });
        for (const area of ['runs', 'results', 'models']) invalidate(area);
      },
      (error: unknown) => {
        tell({ status: 'failed', message: asApiError(error).message });
      },
    );
  }, [key, runId, variant]);

  return { state, refit };
}

const IDLE: RefitState = { status: 'idle' };
