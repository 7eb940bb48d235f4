import { useEffect } from 'react';
import { commands, runCommand } from '#renderer/app/commands.ts';
import { shortcutOf } from '#renderer/app/shortcutOf.ts';
import { platform, subscribe } from '#renderer/bridge/api.ts';

/** After `G` the next letter names a page; later than this it is a letter again. */
const SEQUENCE_MS = 1500;

/** Connects the command table with the keyboard and the menu. */
export function useCommands(): void {
  useEffect(() => {
    if (!window.api) return undefined;
    return subscribe('menu.commands', ({ command }) => {
      runCommand(command);
    });
  }, []);

  useEffect(() => {
    let prefixAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const pressed = shortcutOf(event, platform());
      const plain = !pressed.includes('Mod+') && !pressed.startsWith('Alt+');
      if (plain && isTyping(event.target)) return;
      // In a text field undo belongs to the text.
      if (/^Mod\+(Shift\+)?Z$/.test(pressed) && isTyping(event.target)) return;
      const inSequence = event.timeStamp - prefixAt < SEQUENCE_MS;
      prefixAt = Number.NEGATIVE_INFINITY;
      const wanted = inSequence && plain ? `G ${pressed}` : pressed;
      if (wanted === 'G' || wanted === 'Alt+G') {
        prefixAt = event.timeStamp;
        return;
      }
      const command = commands.find((each) => each.shortcut === wanted);
      if (!command?.enabled()) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)));
