import type { PreferenceChanges } from '#core/contract/app.ts';
import type { z } from 'zod';
import { callEngine } from '#renderer/bridge/api.ts';
import { asApiError } from '#renderer/bridge/apiError.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { rememberTheme } from '#renderer/state/rememberedTheme.ts';

/** Changes settings at once on screen and then in the engine, which keeps them; a refusal is told and taken back. */
export async function changePreferences(changes: z.infer<typeof PreferenceChanges>): Promise<void> {
  const { preferences, setPreferences, notify } = useAppState.getState();
  if (preferences) setPreferences({ ...preferences, ...definedOnly(changes) });
  if (changes.theme) rememberTheme(changes.theme);
  try {
    setPreferences(await callEngine('preferences.set', changes));
  } catch (error) {
    if (preferences) setPreferences(preferences);
    notify({ severity: 'error', text: asApiError(error).message });
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const definedOnly = <T extends object>(changes: T): Defined<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Defined<T>;
