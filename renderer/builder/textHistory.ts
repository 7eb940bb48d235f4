/** Every state of one document, oldest first. `present` is what is shown, saved and run. */
export interface TextHistory {
  readonly past: readonly string[];
  readonly present: string;
  readonly future: readonly string[];
  /** Edits with the same label that follow each other within a moment are one step back: typing, scrubbing. */
  readonly lastEdit: { readonly label: string; readonly at: number } | null;
}

/** Two keystrokes further apart than this are two edits to a person. */
const ONE_GESTURE_MS = 800;

export const startHistory = (text: string): TextHistory => ({ past: [], present: text, future: [], lastEdit: null });

/**
 * Records an edit. An edit that changes nothing leaves the history as it is.
 *
 * @param label what the edit is about; equal labels in quick succession merge, `null` never merges
 * @param at time of the edit in milliseconds
 */
export function edit(history: TextHistory, text: string, label: string | null, at: number): TextHistory {
  if (text === history.present) return history;
  const { lastEdit } = history;
  const merges = label !== null && lastEdit?.label === label && at - lastEdit.at < ONE_GESTURE_MS;
  return {
    past: merges ? history.past : [...history.past, history.present],
    present: text,
    future: [],
    lastEdit: label === null ? null : { label, at },
  };
}

export function undo(history: TextHistory): TextHistory {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    lastEdit: null,
  };
}

export function redo(history: TextHistory): TextHistory {
  const [next, ...later] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: later, lastEdit: null };
}
