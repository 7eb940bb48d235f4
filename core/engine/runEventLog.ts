import type { RunEvent } from '#core/contract/runs.ts';
import type { Workspace } from '#core/workspace/index.ts';

type EndEvent =
  | Pick<Extract<RunEvent, { type: 'run.cancelled' }>, 'type' | 'finishedFolds' | 'ofFolds'>
  | Pick<Extract<RunEvent, { type: 'run.failed' }>, 'type' | 'code' | 'message'>;

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
  let broken: Error | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    workspace.events.append(waiting.splice(0));
    if (last !== null) workspace.runs.setFraction(runId, last.fraction);
  }
  /** A timer has no caller to fail: the next event of the run does. */
  function flushLater(): void {
    try {
      flush();
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
    }
  }
  function stamped(event: EndEvent): RunEvent {
    return {
      runId,
      seq: (last?.seq ?? 0) + 1,
      phase: last?.phase ?? ('check' as const),
      fraction: last?.fraction ?? 0,
      elapsedMs: last?.elapsedMs ?? 0,
      eta: null,
      ...event,
    };
  }
  function add(event: RunEvent): void {
    if (broken !== null) throw broken;
    last = event;
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    if (event.type === 'check.completed') folds = event.groups.length * event.folds;
    waiting.push(event);
    tell(event);
    timer ??= setTimeout(flushLater, FLUSH_MS);
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
      broken = null; // the end is worth another attempt
      add(stamped(event));
      flush();
    },
    stamped,
    flush,
    count: (type: RunEvent['type']): number => counts.get(type) ?? 0,
    plannedFolds: (): number => folds,
    fraction: (): number => last?.fraction ?? 0,
  };
}
export type EventLog = ReturnType<typeof eventLog>;
