export type Page = 'home' | 'data' | 'pipelines' | 'runs' | 'results' | 'models' | 'predict' | 'settings';

/** Where the person is: a page and what is selected there. */
export interface Place {
  readonly page: Page;
  readonly datasetId: string | null;
  readonly runId: string | null;
  readonly variant: number | null;
}

export interface History {
  readonly past: readonly Place[];
  readonly current: Place;
  readonly future: readonly Place[];
}

/** A day of clicking; older places are forgotten. */
const LONGEST = 200;

export const startingHistory = (place: Place): History => ({ past: [], current: place, future: [] });

const same = (a: Place, b: Place): boolean =>
  a.page === b.page && a.datasetId === b.datasetId && a.runId === b.runId && a.variant === b.variant;

/** Goes to a place. Going where one is already leaves no trace; going anywhere else forgets the way forward. */
export const visit = (history: History, place: Place): History =>
  same(history.current, place)
    ? history
    : { past: [...history.past, history.current].slice(-LONGEST), current: place, future: [] };

export function back(history: History): History {
  const last = history.past.at(-1);
  if (!last) return history;
  return { past: history.past.slice(0, -1), current: last, future: [history.current, ...history.future] };
}

export function forward(history: History): History {
  const [next, ...later] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.current], current: next, future: later };
}
