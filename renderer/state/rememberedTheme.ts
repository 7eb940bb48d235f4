import type { Preferences } from '#core/contract/app.ts';

const KEY = 'refract.theme';

/**
 * The theme of the last session. The preferences live in the engine, which starts after the window has painted; this
 * copy spares the eyes a flash in the wrong theme.
 */
export function rememberedTheme(): Preferences['theme'] {
  const theme = window.localStorage.getItem(KEY);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export const rememberTheme = (theme: Preferences['theme']): void => {
  window.localStorage.setItem(KEY, theme);
};
