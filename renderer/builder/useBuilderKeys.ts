import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useBuilder } from '#renderer/builder/builderState.ts';

const MODES = { '1': 'before', '2': 'both', '3': 'after' } as const;

/** Single keys of the builder: `/` goes to the palette's search, 1 2 3 choose what the preview shows. */
export function useBuilderKeys(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const mode = MODES[event.key as keyof typeof MODES]; // undefined for any other key
      if (event.key === '/') search.current?.focus();
      else if (mode) useBuilder.getState().setPreviewMode(mode);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [search]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog] *');
