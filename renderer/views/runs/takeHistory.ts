import { HISTORY_PAGE } from '#core/contract/historyPage.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import type { RunView } from '#renderer/views/runs/runView.ts';

/**
 * The view with everything that happened after it, page by page, so that neither the engine nor the window is busy for
 * long at a time. Stops early, with what it has, once nobody wants it any more.
 *
 * @param ask answers the events after a number
 */
export async function takeHistory(
  from: RunView,
  ask: (after: number) => Promise<readonly RunEvent[]>,
  isWanted: () => boolean,
): Promise<RunView> {
  let view = from;
  for (;;) {
    const events = await ask(view.seq);
    view = runReducer(view, events);
    if (events.length < HISTORY_PAGE || !isWanted()) return view;
  }
}
