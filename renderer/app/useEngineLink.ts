import { useEffect } from 'react';
import type { EngineState } from '#core/contract/shell.ts';
import { callEngine, subscribe } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { followJob, followRun } from '#renderer/state/followJobs.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { rememberTheme } from '#renderer/state/rememberedTheme.ts';

/** Keeps the window's picture of the engine up to date: its state, the settings it holds, the progress of its jobs. */
export function useEngineLink(): void {
  useEffect(() => {
    const { setEngineState, setPreferences } = useAppState.getState();
    const failed = (error: unknown): void => {
      setEngineState({ state: 'failed', message: asApiError(error).message });
    };
    const onState = (state: EngineState): void => {
      setEngineState(state);
      if (state.state !== 'ready') return;
      callEngine('preferences.get', {}).then((preferences) => {
        setPreferences(preferences);
        rememberTheme(preferences.theme);
      }, failed);
    };
    if (!window.api) {
      failed(new Error('This page runs outside the Refract window. Start the application instead.'));
      return undefined;
    }
    const unsubscribe = [
      subscribe('engine.states', onState),
      subscribe('jobs.progress', followJob),
      subscribe('runs.events', followRun),
    ];
    callEngine('engine.state', {}).then(onState, failed);
    return () => {
      for (const end of unsubscribe) end();
    };
  }, []);
}
