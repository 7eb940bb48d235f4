import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CallInput, CallName, CallOutput } from '#core/contract/contract.ts';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { callKey } from '#renderer/state/callKey.ts';

export type CallState<T> =
  | { readonly status: 'idle'; reload(): void }
  | { readonly status: 'loading'; reload(): void }
  | {
      readonly status: 'failed';
      readonly message: string;
      readonly code: string;
      readonly details: unknown;
      reload(): void;
    }
  /** `stale`: shown while the next answer is on its way. */
  | { readonly status: 'ready'; readonly value: T; readonly stale: boolean; reload(): void };

type Answer<T> =
  | { readonly key: string; readonly ok: true; readonly value: T }
  | {
      readonly key: string;
      readonly ok: false;
      readonly message: string;
      readonly code: string;
      readonly details: unknown;
    };

/**
 * Asks the engine and keeps the answer. `null` as input asks nothing. It asks again when the input changes, when the
 * area of the call is invalidated, and when the engine comes back; meanwhile the last answer stays, marked stale.
 */
export function useCall<N extends CallName>(name: N, input: CallInput<N> | null): CallState<CallOutput<N>> {
  const ready = useAppState((state) => state.engineState.state === 'ready') || isShellCall(name);
  const revision = useAppState((state) => state.revisions[areaOf(name)] ?? 0);
  const [turn, setTurn] = useState(0);
  const [answer, setAnswer] = useState<Answer<CallOutput<N>> | null>(null);
  const inputKey = input === null ? null : callKey(name, input);
  const key = inputKey === null ? null : `${inputKey}#${revision}.${turn}`;

  // A request is a value: while its key stays the same, a new object with the same content must not ask again.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- inputKey stands for input
  const request = useMemo(() => input, [inputKey]);

  useEffect(() => {
    if (key === null || request === null || !ready) return undefined;
    let wanted = true;
    callEngine(name, request).then(
      (value) => {
        if (wanted) setAnswer({ key, ok: true, value });
      },
      (error: unknown) => {
        const { message, code, details } = asApiError(error);
        if (wanted) setAnswer({ key, ok: false, message, code, details });
      },
    );
    return () => {
      wanted = false;
    };
  }, [name, key, request, ready]);

  const reload = useCallback(() => {
    setTurn((value) => value + 1);
  }, []);

  return useMemo(() => {
    if (key === null) return { status: 'idle', reload };
    if (answer === null) return { status: 'loading', reload };
    if (answer.ok) return { status: 'ready', value: answer.value, stale: answer.key !== key, reload };
    if (answer.key !== key) return { status: 'loading', reload };
    return { status: 'failed', message: answer.message, code: answer.code, details: answer.details, reload };
  }, [key, answer, reload]);
}

const areaOf = (name: string): string => name.slice(0, name.indexOf('.'));
const isShellCall = (name: string): boolean => /^(dialog|diagnostics|engine)\./.test(name);
