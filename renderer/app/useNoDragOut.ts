import { useEffect } from 'react';

/**
 * Nothing is dragged out of the window: a picture or a link would land on the desktop as a file of its own. What the
 * application moves itself follows the pointer, and text in a field may be moved as everywhere.
 */
export function useNoDragOut(): void {
  useEffect(() => {
    const refuse = (event: DragEvent): void => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
    };
    window.addEventListener('dragstart', refuse);
    return () => {
      window.removeEventListener('dragstart', refuse);
    };
  }, []);
}
