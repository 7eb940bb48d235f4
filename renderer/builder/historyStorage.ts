import { z } from 'zod';
import type { TextHistory } from '#renderer/builder/textHistory.ts';

const Stored = z.strictObject({ past: z.array(z.string()), present: z.string(), future: z.array(z.string()) });

/** Steps of undo that survive a restart. */
const KEPT = 200;
/** Characters kept for one document: a fraction of what the window may store. */
const MOST_CHARACTERS = 400_000;
const keyOf = (id: string): string => `refract.undo.${id}`;

/**
 * The undo history of a saved pipeline from an earlier session, or null when there is none or when the document was
 * changed elsewhere since.
 */
export function loadHistory(id: string, text: string, storage: Storage = localStorage): TextHistory | null {
  const stored = storage.getItem(keyOf(id));
  if (stored === null) return null;
  const parsed = Stored.safeParse(parseJson(stored));
  return parsed.success && parsed.data.present === text ? { ...parsed.data, lastEdit: null } : null;
}

/** Keeps the newest steps of a history. What is older or does not fit is forgotten, the document itself never. */
export function keepHistory(id: string, history: TextHistory, storage: Storage = localStorage): void {
  const { present } = history;
  const past = newest(history.past.slice(-KEPT), MOST_CHARACTERS);
  const future = newest(history.future.slice(0, KEPT).reverse(), MOST_CHARACTERS).reverse();
  try {
    storage.setItem(keyOf(id), JSON.stringify({ past, present, future }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    storage.removeItem(keyOf(id)); // full: undo then ends with this session, as it does in other programs
  }
}

export const forgetHistory = (id: string, storage: Storage = localStorage): void => {
  storage.removeItem(keyOf(id));
};

function newest(texts: readonly string[], limit: number): string[] {
  let room = limit;
  const kept: string[] = [];
  for (const text of [...texts].reverse()) {
    room -= text.length;
    if (room < 0) break;
    kept.unshift(text);
  }
  return kept;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // written by a program that was killed meanwhile
    throw error;
  }
}
