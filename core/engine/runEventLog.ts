import type { RunEvent } from '#core/contract/runs.ts';
import type { Workspace } from '#core/workspace/index.ts';

type EndEvent = Pick<Extract<RunEvent, { type: 'run.cancelled' }>, 'type' | 'finishedFolds' | 'ofFolds'> | Pick<Extract<RunEvent, { type: 'run.failed' }>, 'type' | 'code' | 'message'>;

/** Events are stored in bundles of this many milliseconds: one transaction for what happens together. */
const FLUSH_MS = 200;

/** The events of one run: told at once, stored shortly after, in order. */
export function eventLog(workspace: Workspace, runId: string, tell: (event: RunEvent) => void) {
  const waiting: RunEvent[] = [];
  const counts = new Map<string, number>();
  let last: RunEvent | null = null;
  let held: RunEvent | null = null;
  let timer: NodeJS.Timeout | null = null;
  let folds = 0;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    workspace.events.append(waiting.splice(0));
    if (last !== null) workspace.runs.setFraction(runId, last.fraction);
  }
  function add(event: RunEvent): void {
    last = event;
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    if (event.type === 'check.completed') folds = event.groups.length * event.folds;
    waiting.push(event);
    tell(event);
    timer ??= setTimeout(flush, FLUSH_MS);
  }
  return {
    add,
    /** Keeps the last event back until `release`. */
    hold(event: RunEvent): void {
      held = event;
    },
    release(): void {
      if (held === null) return;
      add(held);
      held = null;
      flush();
    },
    /** The run ended early: an event that no phase could stamp. */
    end(event: EndEvent): void {
      const stamp = {
        runId,
        seq: (last?.seq ?? 0) + 1,
        phase: last?.phase ?? ('check' as const),
        fraction: last?.fraction ?? 0,
        elapsedMs: last?.elapsedMs ?? 0,
        eta: null,
      };
      add({ ...stamp, ...event });
      flush();
    },
    flush,
    count: (type: RunEvent['type']): number => counts.get(type) ?? 0,
    plannedFolds: (): number => folds,
    fraction: (): number => last?.fraction ?? 0,
  };
}
