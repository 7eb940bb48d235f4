import { useEffect, useMemo, useRef, useState } from 'react';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useBuilder } from '#renderer/builder/builderState.ts';
import { keepHistory } from '#renderer/builder/historyStorage.ts';
import { useAppState } from '#renderer/state/appState.ts';

export interface SaveState {
  readonly state: 'saved' | 'saving' | 'failed';
  readonly message: string | null;
}

/** A pause in typing after which the workspace should have the text. */
const QUIET_MS = 500;

/**
 * Keeps the workspace's copy of the open document up to date. One save at a time: the first one gives a new document
 * its id, and a second one on its heels would make two documents.
 */
export function useAutosave(name: string): SaveState {
  const open = useBuilder((state) => state.open);
  const ready = useAppState((state) => state.engineState.state === 'ready');
  const [failure, setFailure] = useState<{ text: string; message: string } | null>(null);
  const [saving, setSaving] = useState(false);
  const busy = useRef(false);
  const text = open?.history.present ?? '';
  const dirty = open !== null && open.savedText !== text;
  const key = open?.key;
  const id = open?.id ?? null;
  const failed = failure !== null && failure.text === text;

  useEffect(() => {
    if (!dirty || key === undefined || !ready || saving || failed) return undefined;
    const timer = setTimeout(() => {
      if (busy.current) return;
      busy.current = true;
      setSaving(true);
      callEngine('pipelines.save', { id, name, text })
        .then(
          (summary) => {
            useBuilder.getState().saved(key, summary.id, text);
          },
          (error: unknown) => setFailure({ text, message: asApiError(error).message }),
        )
        .finally(() => {
          busy.current = false;
          setSaving(false);
        });
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [dirty, key, id, name, text, ready, saving, failed]);

  const unsaved = useRef<{ id: string | null; name: string; text: string; key: number } | null>(null);
  useEffect(() => {
    unsaved.current = dirty && ready && key !== undefined ? { id, name, text, key } : null;
  });
  useEffect(
    () => () => {
      // Leaving the page within the pause must not lose the last edit.
      if (unsaved.current && !busy.current) saveNow(unsaved.current);
    },
    [],
  );

  const history = open?.history;
  useEffect(() => {
    if (id !== null && history && !dirty) keepHistory(id, history);
  }, [id, history, dirty]);

  const message = failed ? failure.message : null;
  const state = failed ? 'failed' : dirty || saving ? 'saving' : 'saved';
  return useMemo(() => ({ state, message }), [state, message]);
}

function saveNow({ key, ...document }: { id: string | null; name: string; text: string; key: number }): void {
  callEngine('pipelines.save', document).then(
    (summary) => {
      useBuilder.getState().saved(key, summary.id, document.text);
    },
    (error: unknown) => {
      useAppState.getState().notify({ severity: 'error', text: asApiError(error).message });
    },
  );
}
