import { platform } from '#renderer/bridge/api.ts';

/** A shortcut as the keyboard of the platform prints it: "Ctrl+D", on a Mac "⌘D". */
export const keyLabel = (keys: string, on: string = platform()): string =>
  on === 'darwin' ? keys.replace('Ctrl', '⌘').replace('Alt', '⌥').replaceAll('+', '') : keys;
