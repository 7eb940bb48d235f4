export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A key press in the notation of the command table: `Mod+Shift+Z`, `Alt+ArrowLeft`, `?`, `G`. */
export function shortcutOf(press: KeyPress, platform: string): string {
  const mod = platform === 'darwin' ? press.metaKey : press.ctrlKey;
  const letter = /^[a-z]$/i.test(press.key);
  const parts = [
    ...(mod ? ['Mod'] : []),
    ...(press.altKey ? ['Alt'] : []),
    // Shift is part of the character itself ("?") unless the key is a letter or has a name.
    ...(press.shiftKey && (letter || press.key.length > 1) ? ['Shift'] : []),
    letter ? press.key.toUpperCase() : press.key,
  ];
  return parts.join('+');
}

/** A shortcut as the keyboard of the platform prints it: "Ctrl+Shift+Z", "⇧⌘Z", "G D". */
export function shortcutLabel(shortcut: string, platform: string): string {
  const arrows = shortcut.replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('Enter', '↵');
  if (platform !== 'darwin') return arrows.replace('Mod', 'Ctrl');
  return arrows.replace('Mod', '⌘').replace('Shift', '⇧').replace('Alt', '⌥').replaceAll('+', '');
}
